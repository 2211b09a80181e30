import Syntax

extension PromQLExpression {
  /// The expression with the sum of each rate in its place.
  func summed(by labels: [String]) -> PromQLExpression {
    rewritten { node in
      guard case .call(let call) = node, ["rate", "increase", "irate"].contains(call.function) else { return node }
      return .aggregation(PromQLAggregation(.sum, PromQLExpression(node), grouping: labels))
    }
  }

  /// The expression with other metrics in place of one: their sum where there are several. Of windows no sum is made.
  ///
  /// - Parameter condition: added to those of the selector.
  func reading(
    _ metrics: [String], where condition: [LabelMatcher] = [], inPlaceOf old: String
  ) -> PromQLExpression {
    rewritten { node in
      guard case .selector(var selector) = node, selector.name == old, let first = metrics.first,
        metrics.count == 1 || selector.range == nil
      else { return node }
      selector.name = first
      selector.matchers += condition
      let sum = metrics.dropFirst().reduce(PromQLExpression(.selector(selector))) { sum, metric in
        var next = selector
        next.name = metric
        return PromQLExpression(.binary(PromQLBinary(.add, sum, PromQLExpression(.selector(next)), matching: .init())))
      }
      return metrics.count == 1 ? sum.node : .parentheses(sum)
    }
  }
}
