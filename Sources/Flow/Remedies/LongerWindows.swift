import Syntax

/// Rewrites a PromQL expression so that what it reads lasts until the scrape after the next.
struct LongerWindows {
  /// Between two scrapes of what a selector reads, in milliseconds; nil where nobody can tell.
  let interval: (PromQLSelector) -> Int64?

  /// The expression with four scrapes in each window that holds fewer than two.
  func widened(_ expression: PromQLExpression) -> PromQLExpression {
    expression.rewritten { node in
      guard case .selector(var selector) = node, case .milliseconds(let length)? = selector.range,
        let interval = interval(selector), length < 2 * interval
      else { return node }
      selector.range = .milliseconds(4 * interval)
      return .selector(selector)
    }
  }

  /// The expression with the last sample of two scrapes in place of series that go stale in between.
  func held(_ expression: PromQLExpression, lookback: Int64) -> PromQLExpression {
    expression.rewritten { node in
      guard case .selector(var selector) = node, selector.range == nil, let interval = interval(selector),
        interval > lookback
      else { return node }
      selector.range = .milliseconds(2 * interval)
      return .call(PromQLCall("last_over_time", [PromQLExpression(.selector(selector))]))
    }
  }
}
