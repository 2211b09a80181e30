extension LogQLExpression: CustomStringConvertible {
  /// LogQL whose parse this is, with no more parentheses than it needs.
  public var description: String {
    var printer = LogQLPrinter()
    printer.write(self, above: 0)
    return printer.text
  }
}

extension LogQLPipeline: CustomStringConvertible {
  public var description: String {
    var printer = LogQLPrinter()
    printer.write(self)
    return printer.text
  }
}

struct LogQLPrinter {
  private(set) var text = ""

  /// - Parameter minimum: what binds less than this stands in parentheses.
  mutating func write(_ expression: LogQLExpression, above minimum: Int) {
    switch expression.node {
    case .lines(let pipeline): write(pipeline)
    case .rangeAggregation(let aggregation):
      text += "\(aggregation.op.rawValue)("
      if let parameter = aggregation.parameter { text += "\(Self.text(parameter)), " }
      write(aggregation.operand)
      text += ")"
      if let grouping = aggregation.grouping { text += " \(Self.text(grouping))" }
    case .aggregation(let aggregation):
      text += aggregation.op.rawValue
      if let grouping = aggregation.grouping { text += " \(Self.text(grouping)) " }
      text += "("
      if let parameter = aggregation.parameter { text += "\(Self.text(parameter)), " }
      write(aggregation.expression, above: 0)
      text += ")"
    case .binary(let binary): write(binary, above: minimum)
    case .labelReplace(let replace):
      text += "label_replace("
      write(replace.expression, above: 0)
      for part in [replace.destination, replace.replacement, replace.source, replace.regex] {
        text += ", \(Self.quoted(part))"
      }
      text += ")"
    case .number(let value): text += LogQLNumber.text(value)
    case .vector(let value): text += "vector(\(Self.text(value)))"
    case .variants(let variants):
      text += "variants("
      for (index, variant) in variants.variants.enumerated() {
        if index > 0 { text += ", " }
        write(variant, above: 0)
      }
      text += ") of ("
      write(variants.operand)
      text += ")"
    case .variable(let name): text += name
    }
  }

  private mutating func write(_ binary: LogQLBinary, above minimum: Int) {
    let precedence = LogQLParser.precedence(binary.op)
    let isRight = binary.op == .power
    if precedence < minimum { text += "(" }
    write(binary.left, above: isRight ? precedence + 1 : precedence)
    text += " \(binary.op.rawValue) "
    if binary.returnsBool { text += "bool " }
    if let matching = binary.matching {
      text += "\(matching.isOn ? "on" : "ignoring") (\(matching.labels.joined(separator: ", "))) "
      switch matching.cardinality {
      case .manyToOne: text += "group_left (\(matching.included.joined(separator: ", "))) "
      case .oneToMany: text += "group_right (\(matching.included.joined(separator: ", "))) "
      case .oneToOne, .manyToMany: break
      }
    }
    write(binary.right, above: isRight ? precedence : precedence + 1)
    if precedence < minimum { text += ")" }
  }

  private mutating func write(_ range: LogQLRange) {
    write(range.pipeline)
    if let unwrap = range.unwrap {
      let label = unwrap.label.value
      text += " | unwrap \(unwrap.conversion.map { "\($0.rawValue)(\(label))" } ?? label)"
      for filter in unwrap.filters {
        text += " | "
        write(filter, above: 0)
      }
    }
    text += " [\(Self.text(range.duration))]"
    if let offset = range.offset { text += " offset \(Self.text(offset))" }
  }

  mutating func write(_ pipeline: LogQLPipeline) {
    let conditions = pipeline.matchers.map(Self.text) + pipeline.variables.map(\.value)
    text += "{\(conditions.joined(separator: ", "))}"
    for stage in pipeline.stages {
      text += " "
      write(stage.node)
    }
  }

  private mutating func write(_ stage: LogQLStage.Node) {
    switch stage {
    case .lineFilter(let filter):
      let alternatives = filter.alternatives.map { $0.isAddress ? "ip(\(Self.quoted($0.text)))" : Self.quoted($0.text) }
      text += "\(filter.op.rawValue) \(alternatives.joined(separator: " or "))"
    case .json(let extractions): text += "| json\(Self.text(extractions))"
    case .logfmt(let logfmt):
      text += "| logfmt\(logfmt.isStrict ? " --strict" : "")\(logfmt.keepsEmpty ? " --keep-empty" : "")"
      text += Self.text(logfmt.extractions)
    case .regexp(let expression): text += "| regexp \(Self.quoted(expression))"
    case .pattern(let pattern): text += "| pattern \(Self.quoted(pattern))"
    case .unpack: text += "| unpack"
    case .labelFilter(let filter):
      text += "| "
      write(filter, above: 0)
    case .lineFormat(let template): text += "| line_format \(Self.quoted(template))"
    case .labelFormat(let formats):
      let list = formats.map { format in
        switch format.source {
        case .rename(let name): "\(Self.before(operator: format.label.value))=\(name.value)"
        case .template(let template): "\(Self.before(operator: format.label.value))=\(Self.quoted(template))"
        }
      }
      text += "| label_format \(list.joined(separator: ", "))"
    case .decolorize: text += "| decolorize"
    case .drop(let choices): text += "| drop \(choices.map(Self.text).joined(separator: ", "))"
    case .keep(let choices): text += "| keep \(choices.map(Self.text).joined(separator: ", "))"
    case .variable(let name, let afterBar): text += afterBar ? "| \(name)" : name
    }
  }

  private mutating func write(_ filter: LogQLLabelFilter, above minimum: Int) {
    switch filter.node {
    case .matcher(let matcher): text += Self.text(matcher)
    case .comparison(let comparison):
      text += "\(comparison.label.value) \(comparison.op.rawValue) \(Self.text(comparison.value))"
    case .address(let label, let isNegated, let pattern):
      text += "\(label.value) \(isNegated ? "!=" : "=") ip(\(Self.quoted(pattern)))"
    case .and(let left, let right):
      write(left, "and", right, precedence: 2, above: minimum)
    case .or(let left, let right):
      write(left, "or", right, precedence: 1, above: minimum)
    }
  }

  private mutating func write(
    _ left: LogQLLabelFilter, _ word: String, _ right: LogQLLabelFilter, precedence: Int, above minimum: Int
  ) {
    if precedence < minimum { text += "(" }
    write(left, above: precedence)
    text += " \(word) "
    write(right, above: precedence + 1)
    if precedence < minimum { text += ")" }
  }
}

extension LogQLPrinter {
  private static func text(_ matcher: LabelMatcher) -> String {
    "\(before(operator: matcher.name))\(matcher.op.rawValue)\(GoString.quote(matcher.value))"
  }

  /// Loki takes lone symbols for names; this one would join with what follows it.
  private static func before(operator name: String) -> String { name == "!" ? "! " : name }

  private static func text(_ extractions: [LogQLExtraction]) -> String {
    guard !extractions.isEmpty else { return "" }
    return " "
      + extractions.map { "\(before(operator: $0.label.value))=\(quoted($0.expression))" }.joined(separator: ", ")
  }

  private static func text(_ choice: LogQLLabelChoice) -> String {
    switch choice {
    case .name(let name): name.value
    case .matcher(let matcher): text(matcher)
    }
  }

  private static func text(_ grouping: LogQLGrouping) -> String {
    "\(grouping.isWithout ? "without" : "by") (\(grouping.labels.map(\.value).joined(separator: ", ")))"
  }

  private static func text(_ scalar: LogQLScalar) -> String {
    switch scalar {
    case .number(let value): LogQLNumber.text(value)
    case .variable(let name): name
    }
  }

  private static func text(_ value: LogQLComparison.Value) -> String {
    switch value {
    case .number(let value): LogQLNumber.text(value)
    case .nanoseconds(let nanoseconds): text(LogQLDuration.nanoseconds(nanoseconds))
    // `0B` begins a binary number to Loki.
    case .bytes(let bytes): bytes == 0 ? "0kB" : "\(bytes)B"
    case .variable(let name): name
    }
  }

  private static func text(_ duration: LogQLDuration) -> String {
    switch duration {
    case .variable(let name): name
    case .nanoseconds(let value):
      // What Prometheus's reader takes where it can, since a range takes nothing else.
      value % 1_000_000 == 0 && value >= 0
        ? PrometheusDuration.text(milliseconds: value / 1_000_000) : "\(value)ns"
    }
  }

  private static func quoted(_ text: LogQLText) -> String { text.isVariable ? text.value : GoString.quote(text.value) }
}
