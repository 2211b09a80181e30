import Syntax

/// Makes time pass `factor` times faster for rules and configurations: every duration is divided by it.
///
/// The platform's simulated clock runs faster by the same factor, so a rule sees in five seconds what it would have seen in
/// five minutes.
struct Compression {
  var factor: Double

  /// Prometheus is not asked to scrape or evaluate more often than this.
  static let shortestInterval = PrometheusDuration(milliseconds: 200)

  func interval(_ duration: PrometheusDuration) -> PrometheusDuration {
    max(Self.shortestInterval, self.duration(duration))
  }

  func duration(_ duration: PrometheusDuration) -> PrometheusDuration {
    duration.milliseconds == 0
      ? duration : PrometheusDuration(milliseconds: max(1, Int((Double(duration.milliseconds) / factor).rounded())))
  }

  /// A range is never shorter than four of the shortest intervals, for `rate` needs samples on both sides of a gap.
  func range(_ duration: PrometheusDuration) -> PrometheusDuration {
    let shortest = PrometheusDuration(milliseconds: 4 * Self.shortestInterval.milliseconds)
    return max(min(shortest, duration), self.duration(duration))
  }

  /// Divides the ranges, subquery steps and offsets of a PromQL expression, and the results of `rate`, `irate` and `deriv`,
  /// which count per second of a clock that now runs faster.
  ///
  /// Seconds as plain numbers (`time() - x > 600`, the second argument of `predict_linear`) stay as they are; see
  /// `hasPlainSeconds`. What there is nothing to divide in, or is no PromQL, stays as it is written.
  func expression(_ text: String) -> String {
    guard let expression = try? PromQLExpression.parse(text) else { return text }
    let compressed = expression.rewritten(node)
    return compressed == expression ? text : compressed.printed()
  }

  private func node(_ node: PromQLExpression.Node) -> PromQLExpression.Node {
    switch node {
    case .selector(var selector):
      selector.range = selector.range.map { divided($0, range) }
      selector.offset = selector.offset.map { divided($0, duration) }
      return .selector(selector)
    case .subquery(var subquery):
      subquery.range = divided(subquery.range, range)
      subquery.step = subquery.step.map { divided($0, interval) }
      subquery.offset = subquery.offset.map { divided($0, duration) }
      return .subquery(subquery)
    case .call(let call) where ["rate", "irate", "deriv"].contains(call.function):
      let factor = PromQLExpression(.number(PromQLNumber(self.factor)))
      return .parentheses(PromQLExpression(.binary(PromQLBinary(.divide, PromQLExpression(node), factor))))
    default: return node
    }
  }

  private func divided(
    _ duration: PromQLDuration, _ divide: (PrometheusDuration) -> PrometheusDuration
  ) -> PromQLDuration {
    duration.rewritten { part in
      guard case .milliseconds(let value) = part else { return part }
      let divided = divide(PrometheusDuration(milliseconds: Int(abs(value)))).milliseconds
      return .milliseconds(Int64(value < 0 ? -divided : divided))
    }
  }

  /// True where an expression compares with seconds of the wall clock, which a compressed run can't shorten.
  static func hasPlainSeconds(_ text: String) -> Bool {
    func calls(_ expression: PromQLExpression) -> Bool {
      if case .call(let call) = expression.node, ["time", "timestamp", "predict_linear"].contains(call.function) {
        return true
      }
      return expression.children.contains(where: calls)
    }
    return (try? PromQLExpression.parse(text)).map(calls) ?? false
  }
}
