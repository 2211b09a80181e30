import Syntax
import Vocabulary

/// A comparison that no value of the metric meets: the alert never fires.
enum ThresholdOutOfRange: ConfigCheck {
  static let rule = "threshold-out-of-range"
  static let title = "Thresholds lie within what the metric can be"
  static let why = """
    A comparison that no value meets makes an alert that can never fire: a share is compared with a percentage, or a count with less than nothing.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.rules.filter(\.isAlert).flatMap { rule in
      rule.queries.compactMap { query in
        guard case .promQL(let expression) = query.parsed,
          let range = failing(expression, tree.facts.ranges)
        else { return nil }
        return file.finding(
          self.rule, .hygiene, .alert, at: (query.pointer, query.value),
          "the alert can never fire: what it compares lies \(words(range))",
          remedy: "compare with a value that it can pass: a share is between 0 and 1, a percentage between 0 and 100")
      }
    }
  }

  /// The range of the left side of a comparison that never holds and without which nothing fires.
  private static func failing(_ expression: PromQLExpression, _ ranges: ValueRanges) -> ValueRange? {
    guard case .binary(let binary) = expression.bare.node, !binary.returnsBool else { return nil }
    switch binary.op {
    case .and:
      return failing(binary.left, ranges) ?? failing(binary.right, ranges)
    case .unless: return failing(binary.left, ranges)
    case .or:
      let left = failing(binary.left, ranges)
      return failing(binary.right, ranges) == nil ? nil : left
    case .equal, .greater, .less, .greaterOrEqual, .lessOrEqual:
      let (left, right) = (ranges.range(of: binary.left), ranges.range(of: binary.right))
      return canHold(binary.op, left, right) ? nil : left
    default: return nil
    }
  }

  private static func canHold(_ op: PromQLBinary.Operator, _ left: ValueRange, _ right: ValueRange) -> Bool {
    switch op {
    case .greater: left.most > right.least
    case .greaterOrEqual: left.most >= right.least
    case .less: left.least < right.most
    case .lessOrEqual: left.least <= right.most
    case .equal: left.least <= right.most && right.least <= left.most
    default: true
    }
  }

  private static func words(_ range: ValueRange) -> String {
    func number(_ value: Double) -> String {
      value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
    if range.least == range.most { return "at \(number(range.least))" }
    if range.most.isInfinite { return "at \(number(range.least)) or above" }
    return range.least.isInfinite
      ? "at \(number(range.most)) or below" : "between \(number(range.least)) and \(number(range.most))"
  }

  static let examples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: Cache
              expr: ↓vllm:kv_cache_usage_perc > 95
            - alert: Utilisation
              expr: ↓avg by (gpu) (DCGM_FI_DEV_GPU_UTIL) > 100
            - alert: Up
              expr: ↓up{job="vllm"} < 0
            - alert: Counter
              expr: ↓rate(litellm_proxy_failed_requests_metric_total[5m]) < 0
            - alert: Share
              expr: ↓DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE) > 95
            - alert: Both
              expr: ↓up == 1 and on (instance) max_over_time(vllm:kv_cache_usage_perc[5m]) >= 1.5
            - alert: Percent
              expr: ↓100 * vllm:kv_cache_usage_perc > 120
      """)
  ]

  static let counterExamples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: Cache
              expr: vllm:kv_cache_usage_perc > 0.95
            - alert: Percent
              expr: 100 * vllm:kv_cache_usage_perc > 95
            - alert: Utilisation
              expr: DCGM_FI_DEV_GPU_UTIL == 100
            - alert: Up
              expr: up == 0
            - alert: Either
              expr: up > 1 or vllm:num_requests_waiting > 10
            - alert: Bool
              expr: (up > bool 5) == 0
            - alert: Always
              expr: up > bool 5
            - alert: Watchdog
              expr: vector(1)
            - alert: Unknown
              expr: some_share > 95
      """)
  ]
}
