import Syntax

/// Rewrites a LogQL query so that it yields numbers by stream, and nothing that stands in lines.
struct ClosedLogQuery {
  /// The range over which lines are counted where the query returns the lines themselves.
  var range = LogQLDuration.variable("$__interval")
  var options = LogQLOptions()

  /// - Returns: the query as text; nil where no rewriting is sure to do.
  func text(for expression: LogQLExpression) -> String? {
    let labels = expression.labels()
    let cut = Set(LineFlow.traces(toAnyOf: labels).map(\.arrival))
    let candidates =
      labels.returnsLines
      ? [counted(expression)] : [narrowed(expression, by: cut), aggregated(expression, labels)]
    return candidates.lazy.compactMap { $0?.description }.first(where: isClosed)
  }

  private func isClosed(_ text: String) -> Bool {
    guard let labels = try? LogQLExpression.parse(text, options: options).labels() else { return false }
    return !labels.returnsLines && LineFlow.traces(toAnyOf: labels).isEmpty
  }

  private func counted(_ expression: LogQLExpression) -> LogQLExpression? {
    guard case .lines(let pipeline) = expression.node else { return nil }
    let count = LogQLExpression(.rangeAggregation(LogQLRangeAggregation(.count, LogQLRange(pipeline, duration: range))))
    return aggregated(count, count.labels())
  }

  // MARK: Shorter lists

  /// - Returns: nil where series find each other by such a label.
  private func narrowed(_ expression: LogQLExpression, by cut: Set<String>) -> LogQLExpression? {
    var changed = expression
    switch expression.node {
    case .aggregation(var aggregation):
      if aggregation.op.choosesSeries {
        guard let inner = narrowed(aggregation.expression, by: cut) else { return nil }
        aggregation.expression = inner
      }
      aggregation.grouping = aggregation.grouping.flatMap { grouping in
        let grouping = grouping.without(cut)
        return grouping.labels.isEmpty && !grouping.isWithout ? nil : grouping
      }
      changed.node = .aggregation(aggregation)
    case .rangeAggregation(var aggregation):
      aggregation.grouping = aggregation.grouping?.without(cut)
      changed.node = .rangeAggregation(aggregation)
    case .binary(var binary):
      guard binary.matching.map({ cut.isDisjoint(with: $0.labels) }) ?? true,
        let left = narrowed(binary.left, by: cut), let right = narrowed(binary.right, by: cut)
      else { return nil }
      (binary.left, binary.right) = (left, right)
      binary.matching?.included.removeAll(where: cut.contains)
      changed.node = .binary(binary)
    case .lines, .labelReplace, .number, .vector, .variants, .variable: break
    }
    return changed
  }

  // MARK: Aggregation

  /// By the labels with which the query chooses its streams.
  private func aggregated(_ expression: LogQLExpression, _ labels: LogQLLabels) -> LogQLExpression {
    var kept: [String] = []
    for selector in labels.selectors {
      for matcher in selector.pipeline.matchers
      where [.equal, .matches].contains(matcher.op) && ExportedLabels.isPlain(matcher.name)
        && !kept.contains(matcher.name)
      {
        kept.append(matcher.name)
      }
    }
    return aggregated(expression, by: kept)
  }

  private func aggregated(_ expression: LogQLExpression, by kept: [String]) -> LogQLExpression {
    if case .aggregation(var aggregation) = expression.node, aggregation.op.choosesSeries, aggregation.grouping == nil {
      aggregation.expression = aggregated(aggregation.expression, by: kept)
      return LogQLExpression(.aggregation(aggregation))
    }
    let grouping = kept.isEmpty ? nil : LogQLGrouping(kept.map { LogQLText($0) })
    return LogQLExpression(.aggregation(LogQLAggregation(expression.combination, expression, grouping: grouping)))
  }
}

extension LogQLGrouping {
  fileprivate func without(_ labels: Set<String>) -> LogQLGrouping {
    var grouping = self
    if !isWithout { grouping.labels.removeAll { labels.contains($0.value) } }
    return grouping
  }
}

extension LogQLAggregation.Operator {
  /// Whether its result is some of the series that it reads, with all their labels.
  fileprivate var choosesSeries: Bool {
    switch self {
    case .topk, .bottomk, .approximateTopK, .sort, .sortDescending: true
    case .sum, .avg, .count, .max, .min, .stddev, .stdvar: false
    }
  }
}

extension LogQLExpression {
  /// How several of its series become one that says the same.
  fileprivate var combination: LogQLAggregation.Operator {
    switch node {
    case .rangeAggregation(let aggregation):
      [.count, .rate, .bytes, .bytesRate, .sum].contains(aggregation.op) ? .sum : .max
    case .aggregation(let aggregation): aggregation.op == .sum || aggregation.op == .count ? .sum : .max
    case .binary(let binary): binary.op == .less || binary.op == .lessOrEqual ? .min : .max
    case .lines, .labelReplace, .number, .vector, .variants, .variable: .max
    }
  }
}
