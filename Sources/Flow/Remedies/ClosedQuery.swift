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
      !open.contains(label) && ExportedLabels.isPlain(label) && mayHave(label, labels)
        && tree.series.traces(to: label, of: labels).isEmpty
    }
    // Series of several metrics are no one thing: their names stay, or else nobody can tell what became of them.
    var names: [String] = []
    if !expression.isAggregated, labels.selectors.contains(where: { $0.metric == nil }) {
      guard !labels.origins(of: "__name__").isEmpty else { return nil }
      names = ["__name__"]
    }
    var seen: Set<String> = []
    return aggregated(expression, by: names + kept.filter { seen.insert($0).inserted })
  }

  /// Whether the result can have a label: what is recorded has those that its rule leaves it.
  private func mayHave(_ label: String, _ labels: PromQLLabels) -> Bool {
    labels.origins(of: label).contains { origin in
      guard case .label(let index, let name) = origin.source else { return true }
      let recordings = labels.selectors[index].metric.map(tree.series.recordings(of:)) ?? []
      return recordings.isEmpty || recordings.contains { $0.mayMake(name) }
    }
  }

  /// How several of an expression's series become one that says the same.
  private func combination(of expression: PromQLExpression) -> PromQLAggregation.Operator {
    if case .binary(let binary) = expression.node, binary.op == .less || binary.op == .lessOrEqual { return .min }
    let isCount = expression.isCount { metric in
      let recordings = tree.series.recordings(of: metric)
      return !recordings.isEmpty && recordings.allSatisfy(\.isCount)
    }
    return isCount ? .sum : .max
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
      changed.node = .aggregation(PromQLAggregation(combination(of: expression), expression, grouping: kept))
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
  /// Whether it is an aggregation, whose author has put series together.
  var isAggregated: Bool {
    if case .aggregation(let aggregation) = bare.node { !aggregation.op.choosesSeries } else { false }
  }

  /// Whether its series count things, so that their sum counts them all.
  ///
  /// - Parameter isRecordedCount: asked of metrics whose names do not tell.
  func isCount(_ isRecordedCount: (String) -> Bool = { _ in false }) -> Bool {
    switch bare.node {
    case .selector(let selector):
      selector.name.map { name in
        ["_total", "_count", "_sum", "_bucket"].contains(where: name.hasSuffix) || isRecordedCount(name)
      } ?? false
    case .call(let call): ["rate", "irate", "increase", "count_over_time", "sum_over_time"].contains(call.function)
    case .aggregation(let aggregation): aggregation.op == .sum || aggregation.op == .count
    case .binary(let binary):
      switch binary.op {
      case .multiply:
        binary.left.isNumber
          ? binary.right.isCount(isRecordedCount) : binary.right.isNumber && binary.left.isCount(isRecordedCount)
      case .divide: binary.right.isNumber && binary.left.isCount(isRecordedCount)
      case .add, .subtract: binary.left.isCount(isRecordedCount) && binary.right.isCount(isRecordedCount)
      default: false
      }
    case .number, .string, .subquery, .unary, .variable, .parentheses: false
    }
  }

  private var isNumber: Bool { if case .number = bare.node { true } else { false } }
}
