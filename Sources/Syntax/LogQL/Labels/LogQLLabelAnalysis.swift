import Expressions

/// Walks an expression and says of each part which labels it gives.
struct LogQLLabelAnalysis {
  typealias Carried = LogQLLabels.Carried
  typealias Origin = LogQLLabels.Origin

  /// What a parser adds to a name that a label of the stream has already.
  static let suffix = "_extracted"

  var selectors: [LogQLLabels.Selector] = []

  mutating func result(of expression: LogQLExpression) -> (Carried, line: Set<Origin>?) {
    switch expression.node {
    case .lines(let pipeline):
      let state = lines(of: pipeline)
      return (state.carried, state.line)
    case .variable: return (.unknown, [Origin(.unknown)])
    default: return (series(of: expression), nil)
    }
  }

  private mutating func series(of expression: LogQLExpression) -> Carried {
    switch expression.node {
    case .lines(let pipeline): return lines(of: pipeline).carried
    case .number, .vector: return Carried()
    case .variable: return .unknown
    case .rangeAggregation(let aggregation): return series(of: aggregation, outer: nil, of: aggregation.operand)
    case .aggregation(let aggregation): return series(of: aggregation)
    case .binary(let binary): return series(of: binary)
    case .labelReplace(let replace): return replaced(replace)
    case .variants(let variants): return series(of: variants)
    }
  }

  // MARK: - Aggregation

  private mutating func series(of aggregation: LogQLAggregation) -> Carried {
    let inner = aggregation.expression
    switch aggregation.op {
    case .topk, .bottomk, .approximateTopK, .sort, .sortDescending: return series(of: inner)
    case .sum:
      // Loki hands the clause down, so that a label that `unwrap` takes is still there.
      if case .rangeAggregation(let range) = inner.node, range.grouping == nil, range.op.takesOuterGrouping {
        let grouping = aggregation.grouping ?? LogQLGrouping([])
        return series(of: range, outer: grouping, of: range.operand).grouped(by: grouping)
      }
    case .avg, .count, .max, .min, .stddev, .stdvar: break
    }
    return series(of: inner).grouped(by: aggregation.grouping)
  }

  /// Source: syntax/extractor.go, log/metrics_extraction.go, evaluator.go.
  private mutating func series(
    of aggregation: LogQLRangeAggregation, outer: LogQLGrouping?, of operand: LogQLRange
  ) -> Carried {
    var state = lines(of: operand.pipeline)
    // Parsers keep what could not be read; `unwrap` does not (log/parser.go, `addErrLabel`; log/metrics_extraction.go).
    let keepsErrors = state.carried.named["__error__"] != nil
    if let unwrap = operand.unwrap {
      state.fail(about: state.carried.label(unwrap.label.value))
      for filter in unwrap.filters { state.filter(filter) }
    }
    if aggregation.op == .absent { return absent(operand.pipeline) }
    let grouping = aggregation.grouping ?? outer
    // Lines that could not be read end the query, unless it asks for them; then they keep all their labels.
    let asks =
      grouping?.labels.contains { $0.value == "__error__" } == true
      || (operand.unwrap?.filters ?? []).contains { $0.reads("__error__") }
      || operand.pipeline.stages.contains { $0.reads("__error__") }
    let isKept = asks && keepsErrors && state.carried.named["__error__"] != nil
    var all = state.carried
    if isKept {
      all.set("__preserve_error__", [Origin(.literal("true"))])
    } else {
      all.remove("__error__")
      all.named["__error_details__"] = nil
    }
    var result = all
    if let unwrap = operand.unwrap, grouping == nil || grouping?.isWithout == true || grouping?.labels.isEmpty == true {
      result.remove(unwrap.label.value)
    }
    if let grouping { result = result.grouped(by: grouping) }
    return isKept ? result.union(all) : result
  }

  /// The labels that the selector fixes, each once (evaluator.go, `absentLabels`).
  private func absent(_ pipeline: LogQLPipeline) -> Carried {
    var result = Carried()
    var seen: Set<String> = []
    for matcher in pipeline.matchers {
      if matcher.op == .equal, seen.insert(matcher.name).inserted {
        result.set(matcher.name, [Origin(matcher.hasVariable ? .unknown : .literal(matcher.value))])
      } else {
        result.remove(matcher.name)
      }
    }
    return result
  }

  /// Each variant is computed on the lines of all.
  private mutating func series(of variants: LogQLVariants) -> Carried {
    var result = Carried()
    for variant in variants.variants {
      var carried: Carried
      if case .rangeAggregation(let aggregation) = variant.node {
        var operand = variants.operand
        operand.unwrap = aggregation.operand.unwrap
        carried = series(of: aggregation, outer: nil, of: operand)
      } else {
        carried = series(of: variant)
      }
      carried.set("__variant__", [Origin(.number)])
      result = result.union(carried)
    }
    return result
  }

  // MARK: - Operators

  /// Source: evaluator.go, `vectorBinop`, `resultMetric`.
  private mutating func series(of binary: LogQLBinary) -> Carried {
    let (left, right) = (series(of: binary.left), series(of: binary.right))
    switch binary.op {
    case .and, .unless: return left
    case .or: return left.union(right)
    default: break
    }
    if binary.left.isNumber { return right }
    if binary.right.isNumber { return left }
    // A variable may stand for a number.
    let either = [binary.left, binary.right].contains { if case .variable = $0.node { true } else { false } }
    guard let matching = binary.matching else { return either ? left.union(right) : left }
    let (many, one) = matching.cardinality == .oneToMany ? (right, left) : (left, right)
    var result = many
    if (matching.labels + matching.included).contains(where: GrafanaVariable.occurs) {
      return many.union(one).union(.unknown)
    }
    if matching.cardinality == .oneToOne {
      if matching.isOn { result.keep(matching.labels) } else { for name in matching.labels { result.remove(name) } }
    }
    for name in matching.included { result.set(name, one.label(name)) }
    return either ? result.union(one) : result
  }

  /// Source: evaluator.go, `LabelReplaceEvaluator`.
  private mutating func replaced(_ replace: LogQLLabelReplace) -> Carried {
    var carried = series(of: replace.expression)
    let texts = [replace.destination, replace.replacement, replace.source, replace.regex]
    guard !texts.contains(where: { $0.isVariable || GrafanaVariable.occurs(in: $0.value) }) else {
      return carried.union(.unknown)
    }
    let source = carried.label(replace.source.value)
    let pattern = replace.regex.value
    var isWhole = ["(.*)", ".*"].contains(pattern)
    // Nothing is replaced by fixed text where there is nothing: `label_replace(…, "x", "y", "", "")`.
    let always = isWhole || source.isEmpty && (pattern.isEmpty || pattern == "^$")
    var made: Set<Origin> = []
    let parts = RE2.Template(replace.replacement.value).parts
    if parts.count > 1 { isWhole = false }
    for part in parts {
      if case .text(let text) = part {
        made.insert(Origin(.literal(String(decoding: text, as: UTF8.self)), parts.count > 1 ? .combined : .whole))
      } else {
        made.formUnion(source.map { $0.passing(isWhole ? .whole : .part) })
      }
    }
    carried.set(replace.destination.value, always ? made : made.union(carried.label(replace.destination.value)))
    return carried
  }
}

extension LogQLExpression {
  /// Whether Loki folds it into one number.
  var isNumber: Bool {
    switch node {
    case .number: true
    case .binary(let binary): binary.left.isNumber && binary.right.isNumber
    default: false
    }
  }
}

extension LogQLRangeAggregation.Operator {
  /// Source: syntax/ast.go, `canInjectVectorGrouping`.
  fileprivate var takesOuterGrouping: Bool {
    switch self {
    case .bytes, .bytesRate, .sum, .rate, .count: true
    default: false
    }
  }
}
