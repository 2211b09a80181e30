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
    let ranges = tree.ranges
    return file.rules.filter(\.isAlert).flatMap { rule in
      rule.queries.compactMap { query -> ConfigFinding? in
        guard let expression = query.expression, let range = failing(expression, ranges) else { return nil }
        var finding = finding(in: file, (query.pointer, query.value), range)
        let shares = asShares(expression, ranges)
        if failing(shares, ranges) == nil {
          finding.paste = [file.entry("expr", code: shares.printed(dialect: query.dialect))]
        }
        return finding
      }
        + rule.thresholds.compactMap { threshold in
          let range = threshold.compared(ranges)
          guard !threshold.canHold(range) else { return nil }
          var finding = finding(in: file, (threshold.limits.pointer, threshold.limits.value), range)
          if range.isShare, let share = threshold.asShare, share.canHold(range) {
            let numbers = share.numbers.map(\.description).joined(separator: ", ")
            finding.paste = [PasteLine([.words("\"params\": [\(numbers)]")])]
          }
          return finding
        }
    }
  }

  private static func finding(
    in file: CheckedFile, _ place: (pointer: String, value: PositionedValue), _ range: ValueRange
  ) -> ConfigFinding {
    file.finding(
      rule, .hygiene, .alert, at: place, "the alert can never fire: what it compares lies \(words(range))",
      remedy: "compare with a value that it can pass: a share is between 0 and 1, a percentage between 0 and 100")
  }

  /// The expression with a hundredth of each percentage with which a share is compared.
  private static func asShares(_ expression: PromQLExpression, _ ranges: ValueRanges) -> PromQLExpression {
    expression.rewritten { node in
      guard case .binary(var binary) = node, case .number(let number) = binary.right.node, !number.isDuration,
        (1...100).contains(number.value), ranges.range(of: binary.left).isShare,
        [.greater, .greaterOrEqual, .less, .lessOrEqual, .equal].contains(binary.op),
        let share = Double("\(number.value)e-2")
      else { return node }
      binary.right = PromQLExpression(.number(PromQLNumber(share)))
      return .binary(binary)
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
            - alert: Recorded
              expr: ↓job:cache:max > 80
            - {record: 'cache:max', expr: max by (job) (vllm:kv_cache_usage_perc)}
            - {record: 'job:cache:max', expr: 'max_over_time(cache:max[5m])'}
      """),
    CheckExample(
      .grafanaProvisioning,
      """
      apiVersion: 1
      groups:
        - name: g
          rules:
            - title: Cache
              condition: C
              data:
                - {refId: A, datasourceUid: prometheus, model: {expr: 'avg(vllm:kv_cache_usage_perc)'}}
                - {refId: B, datasourceUid: __expr__, model: {type: reduce, reducer: last, expression: A}}
                - refId: C
                  datasourceUid: __expr__
                  model: {type: threshold, expression: $B, conditions: [{evaluator: {type: gt, params: ↓[95]}}]}
            - title: Up
              condition: B
              data:
                - {refId: A, datasourceUid: prometheus, model: {expr: 'up{job="vllm"}'}}
                - refId: B
                  datasourceUid: "-100"
                  model:
                    type: classic_conditions
                    conditions:
                      - {evaluator: {type: lt, params: ↓[0]}, query: {params: [A]}, reducer: {type: min}}
                      - {evaluator: {type: gt, params: [0]}, query: {params: [A]}, reducer: {type: count}, operator: {type: and}}
      """),
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
            - alert: Recorded twice
              expr: twice > 80
            - {record: twice, expr: vllm:kv_cache_usage_perc}
            - {record: twice, expr: 100 * vllm:kv_cache_usage_perc}
            - {record: own, expr: own + 1}
            - {alert: Own, expr: own > 80}
      """),
    CheckExample(
      .grafanaProvisioning,
      """
      apiVersion: 1
      groups:
        - name: g
          rules:
            - title: Cache
              condition: C
              data:
                - {refId: A, datasourceUid: prometheus, model: {expr: 'avg(vllm:kv_cache_usage_perc)'}}
                - {refId: B, datasourceUid: __expr__, model: {type: reduce, reducer: last, expression: A}}
                - refId: C
                  datasourceUid: __expr__
                  model: {type: threshold, expression: B, conditions: [{evaluator: {type: gt, params: [0.95]}}]}
                - refId: D
                  datasourceUid: __expr__
                  model: {type: threshold, expression: B, conditions: [{evaluator: {type: gt, params: [95]}}]}
            - title: Percent
              condition: C
              data:
                - {refId: A, datasourceUid: prometheus, model: {expr: 'vllm:kv_cache_usage_perc'}}
                - {refId: B, datasourceUid: __expr__, model: {type: math, expression: $A * 100}}
                - refId: C
                  datasourceUid: __expr__
                  model: {type: threshold, expression: B, conditions: [{evaluator: {type: gt, params: [95]}}]}
            - title: Either
              condition: B
              data:
                - {refId: A, datasourceUid: prometheus, model: {expr: 'up{job="vllm"}'}}
                - refId: B
                  datasourceUid: __expr__
                  model:
                    type: classic_conditions
                    conditions:
                      - {evaluator: {type: gt, params: [1]}, query: {params: [A]}, reducer: {type: max}}
                      - {evaluator: {type: lt, params: [1]}, query: {params: [A]}, reducer: {type: min}, operator: {type: or}}
            - title: Missing
              condition: C
              data:
                - {refId: A, datasourceUid: prometheus, model: {expr: 'up{job="vllm"}'}}
                - refId: B
                  datasourceUid: __expr__
                  model: {type: reduce, reducer: last, settings: {mode: replaceNN, replaceWithValue: 5}, expression: A}
                - refId: C
                  datasourceUid: __expr__
                  model: {type: threshold, expression: B, conditions: [{evaluator: {type: gt, params: [2]}}]}
      """),
  ]
}
