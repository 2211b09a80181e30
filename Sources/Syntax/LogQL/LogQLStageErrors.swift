import Expressions

extension LogQLExpression {
  /// What Loki finds wrong only when it runs the query: regular expressions and patterns of line filters, templates, paths into
  /// JSON, addresses.
  ///
  /// Source: grafana/loki pkg/logql/syntax/ast.go (`Stage`, `Filter`) and pkg/logql/log of 3.6.
  ///
  /// - Parameters:
  ///   - text: that was parsed.
  ///   - options: as for parsing; texts with variables of Grafana are not looked at.
  public func stageErrors(in text: String, options: LogQLOptions = LogQLOptions()) -> [QueryError] {
    var check = LogQLStageCheck(bytes: Array(text.utf8), options: options)
    for pipeline in pipelines { check.check(pipeline) }
    return check.errors
  }

  /// Every selector with its stages, in the order of the text.
  public var pipelines: [LogQLPipeline] {
    switch node {
    case .lines(let pipeline): [pipeline]
    case .rangeAggregation(let aggregation): [aggregation.operand.pipeline]
    case .aggregation(let aggregation): aggregation.expression.pipelines
    case .binary(let binary): binary.left.pipelines + binary.right.pipelines
    case .labelReplace(let replace): replace.expression.pipelines
    case .variants(let variants): variants.variants.flatMap(\.pipelines) + [variants.operand.pipeline]
    case .number, .vector, .variable: []
    }
  }
}

private struct LogQLStageCheck {
  let bytes: [UInt8]
  let options: LogQLOptions
  var errors: [QueryError] = []

  mutating func check(_ pipeline: LogQLPipeline) {
    for stage in pipeline.stages {
      switch stage.node {
      case .lineFilter(let filter): check(filter)
      case .json(let extractions):
        for extraction in extractions {
          require(extraction.expression, "not a path into JSON", LogQLPath.isJSON)
        }
      case .logfmt(let logfmt):
        for extraction in logfmt.extractions {
          require(extraction.expression, "not a key of logfmt", LogQLPath.isLogfmt)
        }
      case .labelFilter(let filter):
        // Inside other filters Loki does not look at it.
        if case .address(_, _, let pattern) = filter.node {
          require(pattern, "not an address, a network or a range of addresses", AddressPattern.isValid)
        }
      case .lineFormat(let template): check(template: template)
      case .labelFormat(let formats): check(formats)
      case .regexp, .pattern, .unpack, .decolorize, .drop, .keep, .variable: break
      }
    }
  }

  private func isFilledIn(_ text: LogQLText) -> Bool {
    options.allowsVariables && (text.isVariable || GrafanaVariable.occurs(in: text.value))
  }

  private mutating func report(_ message: String, at offset: Int) {
    errors.append(QueryError(message, at: offset, in: bytes))
  }

  private mutating func require(_ text: LogQLText, _ message: String, _ isValid: (String) -> Bool) {
    if !isFilledIn(text), !isValid(text.value) { report(message, at: text.range.lowerBound) }
  }

  private mutating func check(_ filter: LogQLLineFilter) {
    // Of alternatives Loki takes addresses for text.
    let isChain = filter.alternatives.count > 1 && [.contains, .matches, .pattern].contains(filter.op)
    for alternative in filter.alternatives {
      if alternative.isAddress, !isChain {
        if filter.op != .contains, filter.op != .containsNot {
          report("an address needs |= or !=", at: alternative.text.range.lowerBound)
        } else {
          require(
            alternative.text, "not an address, a network or a range of addresses", AddressPattern.isValid)
        }
        continue
      }
      switch filter.op {
      case .contains, .containsNot: break
      case .matches, .matchesNot: require(alternative.text, "not a regular expression") { (try? RE2($0)) != nil }
      case .pattern, .patternNot:
        if !isFilledIn(alternative.text), let problem = LogQLPattern.problem(inFilter: alternative.text.value) {
          report(problem, at: alternative.text.range.lowerBound)
        }
      }
    }
  }

  private mutating func check(_ formats: [LogQLLabelFormat]) {
    var seen: Set<String> = []
    for format in formats {
      let name = format.label.value
      if name == "__error__" { report("label_format may not make __error__", at: format.label.range.lowerBound) }
      if !seen.insert(name).inserted { report("label_format makes a label twice", at: format.label.range.lowerBound) }
      if case .template(let template) = format.source { check(template: template) }
    }
  }

  private mutating func check(template: LogQLText) {
    guard !isFilledIn(template) else { return }
    do throws(QueryError) {
      _ = try GoTemplate(template.value, dialect: .loki)
    } catch {
      report("the template is none: \(error.message)", at: template.range.lowerBound)
    }
  }
}
