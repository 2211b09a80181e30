import Syntax

/// Rewrites a PromQL expression so that labels which clients choose, or which were cut out of lines, stay in it.
///
/// The `by` lists from which they get out lose them. Where that does not do, the result is aggregated by labels that nobody outside
/// chooses: an alert then fires when it fired before, once for each of these.
struct ClosedQuery {
  let tree: CheckedTree
  /// Labels that must not get out.
  var open: Set<String>
  /// Labels that somebody reads by name, to be kept where they are closed.
  var read: [String] = []
  var dialect = PromQLDialect.prometheus

  /// - Returns: the expression as text; nil where no rewriting is sure to do.
  func text(for expression: PromQLExpression) -> String? {
    [narrowed(expression), aggregated(expression)].lazy.compactMap { $0?.printed(dialect: dialect) }.first(
      where: isClosed)
  }

  /// Whether it can be read, and none of the labels gets out.
  private func isClosed(_ text: String) -> Bool {
    guard let expression = try? PromQLExpression.parse(text, options: PromQLOptions(dialect: dialect)) else {
      return false
    }
    let labels = expression.labels()
    let ways = tree.series.traces(toAnyOf: labels)
    return !ways.contains { $0.nature.isForeign || open.contains($0.arrival) }
      && read.allSatisfy { !open.contains($0) || tree.series.traces(to: $0, of: labels).isEmpty }
  }

  // MARK: Shorter lists

  /// - Returns: nil where series find each other by such a label.
  private func narrowed(_ expression: PromQLExpression) -> PromQLExpression? {
    var changed = expression
    switch expression.node {
    case .number, .string, .selector, .variable: break
    case .parentheses(let inner):
      guard let inner = narrowed(inner) else { return nil }
      changed.node = .parentheses(inner)
    case .unary(let sign, let operand):
      guard let operand = narrowed(operand) else { return nil }
      changed.node = .unary(sign, operand)
    case .subquery(var subquery):
      guard let inner = narrowed(subquery.expression) else { return nil }
      subquery.expression = inner
      changed.node = .subquery(subquery)
    case .call(let call) where call.function == "scalar" || PromQLExpression.absenceFunctions.contains(call.function):
      break
    case .call(var call):
      let arguments = call.arguments.compactMap(narrowed)
      guard arguments.count == call.arguments.count else { return nil }
      call.arguments = arguments
      changed.node = .call(call)
    case .aggregation(var aggregation):
      if aggregation.op.choosesSeries {
        guard let inner = narrowed(aggregation.expression) else { return nil }
        aggregation.expression = inner
      }
      if !aggregation.isWithout { aggregation.grouping.removeAll(where: open.contains) }
      changed.node = .aggregation(aggregation)
    case .binary(var binary):
      guard binary.matching.map({ open.isDisjoint(with: $0.labels) }) ?? true, let left = narrowed(binary.left),
        let right = narrowed(binary.right)
      else { return nil }
      (binary.left, binary.right) = (left, right)
      binary.matching?.included.removeAll(where: open.contains)
      changed.node = .binary(binary)
    }
    return changed
  }

  // MARK: Aggregation

  private func aggregated(_ expression: PromQLExpression) -> PromQLExpression? {
    let labels = expression.labels()
    let kept = (["job", "instance"] + read).filter { label in
      !open.contains(label) && ExportedLabels.isPlain(label) && !labels.origins(of: label).isEmpty
        && tree.series.traces(to: label, of: labels).isEmpty
    }
    var seen: Set<String> = []
    return aggregated(expression, by: kept.filter { seen.insert($0).inserted })
  }

  private func aggregated(_ expression: PromQLExpression, by kept: [String]) -> PromQLExpression {
    var changed = expression
    switch expression.node {
    case .parentheses(let inner): return aggregated(inner, by: kept)
    case .aggregation(var aggregation) where aggregation.op.choosesSeries && aggregation.grouping.isEmpty:
      aggregation.expression = aggregated(aggregation.expression, by: kept)
      changed.node = .aggregation(aggregation)
    case .call(var call) where ["sort", "sort_desc"].contains(call.function) && call.arguments.count == 1:
      call.arguments[0] = aggregated(call.arguments[0], by: kept)
      changed.node = .call(call)
    case .call(var call) where call.function == "histogram_quantile" && call.arguments.count == 2:
      call.arguments[1] = aggregated(call.arguments[1], by: kept + ["le"])
      changed.node = .call(call)
    default:
      changed.node = .aggregation(PromQLAggregation(expression.combination, expression, grouping: kept))
    }
    return changed
  }
}

extension PromQLAggregation.Operator {
  /// Whether its result is some of the series that it reads, with all their labels.
  fileprivate var choosesSeries: Bool {
    switch self {
    case .topk, .bottomk, .limitK, .limitRatio: true
    case .sum, .avg, .count, .min, .max, .group, .stddev, .stdvar, .quantile, .countValues, .variable: false
    }
  }
}

extension PromQLExpression {
  /// How several of its series become one that says the same.
  fileprivate var combination: PromQLAggregation.Operator {
    if case .binary(let binary) = node, binary.op == .less || binary.op == .lessOrEqual { return .min }
    return isCount ? .sum : .max
  }

  /// Whether its series count things, so that their sum counts them all.
  private var isCount: Bool {
    switch bare.node {
    case .selector(let selector):
      ["_total", "_count", "_sum", "_bucket"].contains { selector.name?.hasSuffix($0) == true }
    case .call(let call): ["rate", "irate", "increase", "count_over_time", "sum_over_time"].contains(call.function)
    case .aggregation(let aggregation): aggregation.op == .sum || aggregation.op == .count
    case .binary(let binary):
      switch binary.op {
      case .multiply: binary.left.isNumber ? binary.right.isCount : binary.right.isNumber && binary.left.isCount
      case .divide: binary.right.isNumber && binary.left.isCount
      case .add, .subtract: binary.left.isCount && binary.right.isCount
      default: false
      }
    case .number, .string, .subquery, .unary, .variable, .parentheses: false
    }
  }

  private var isNumber: Bool { if case .number = bare.node { true } else { false } }
}
