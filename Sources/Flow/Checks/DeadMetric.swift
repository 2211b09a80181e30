import Syntax
import Vocabulary

/// A query reads a metric that its exporter does not export as configured: the alert can never fire, the panel stays empty.
enum DeadMetric: ConfigCheck {
  static let rule = "dead-metric"
  static let title = "Queries read metrics that exist"
  static let why = """
    An alert on a metric that no program exports can never fire, and a panel on it stays empty; nothing else says so.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.dashboards.flatMap(\.queries).compactMap(\.expression).flatMap { expression in
      dead(in: expression.text ?? "", of: tree).map { panel($0, expression, in: file) }
    }
      + file.rules.flatMap { rule in
        rule.queries.flatMap { query in dead(in: query.text, of: tree).map { alert($0, query, rule, in: file) } }
      }
  }

  private static func dead(in query: String, of tree: CheckedTree) -> [MetricCatalogue.Dead] {
    var seen: [MetricCatalogue.Dead] = []
    for name in PromQLReading(ofAnyText: query).metrics where !tree.recorded.contains(name) {
      if let dead = tree.facts.metrics.dead(name, dcgmFields: tree.dcgmFields), !seen.contains(dead) {
        seen.append(dead)
      }
    }
    return seen
  }

  private static func alert(
    _ dead: MetricCatalogue.Dead, _ query: Query, _ rule: Rule, in file: CheckedFile
  ) -> ConfigFinding {
    file.finding(
      self.rule, dead.isCertain && rule.isAlert ? .exposure : .hygiene, .alert, at: (query.pointer, query.value),
      rule.isAlert ? "alert can never fire: it \(dead.reason)" : "recording rule yields nothing: it \(dead.reason)",
      remedy: dead.remedy)
  }

  private static func panel(_ dead: MetricCatalogue.Dead, _ query: PlacedValue, in file: CheckedFile) -> ConfigFinding {
    file.finding(
      rule, .hygiene, .config, at: (query.pointer, query.value), "panel stays empty: it \(dead.reason)",
      remedy: dead.remedy)
  }

  static let examples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: LiteLLMErrors
              expr: ↓rate(litellm_errors[5m]) > 0.05
            - alert: GPUMemory
              expr: ↓DCGM_FI_DEV_FB_USED / DCGM_FI_DEV_FB_TOTAL > 0.95
            - alert: Cache
              expr: ↓vllm:gpu_cache_usage_perc > 0.9 and vllm:gpu_cache_usage_perc < 1
            - record: tokens
              expr: ↓rate(vllm:time_per_output_token_seconds_sum[5m])
            - alert: Suffix
              expr: ↓rate(litellm_proxy_failed_requests_metric[5m]) > 1
      """),
    CheckExample(.dashboard, #"{"panels": [{"targets": [{"expr": ↓"sum(vllm:num_requests_swapped)"}]}]}"#),
    CheckExample(
      .rules,
      """
      groups: [{name: g, rules: [{alert: A, expr: ↓DCGM_FI_DEV_GPU_TEMP > 80}]}]
      """,
      beside: [
        ConfigFile(
          path: "counters.csv", role: .dcgmCounters, bytes: Array("DCGM_FI_DEV_FB_USED, gauge, Used.\n".utf8))
      ]),
  ]

  static let counterExamples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - record: vllm:queue:sum
              expr: sum(vllm:num_requests_waiting)
            - alert: Queue
              expr: vllm:queue:sum > 10 and rate(vllm:request_success_total[5m]) > 0
            - alert: Text
              expr: up{job="litellm_errors"} == 0
            - alert: Tokens
              expr: rate(vllm:iteration_tokens_total_sum[5m]) > 0 or vllm:nixl_num_failed_transfers > 0
      """),
    CheckExample(
      .rules,
      """
      groups: [{name: g, rules: [{alert: A, expr: DCGM_FI_DEV_FB_USED / DCGM_FI_DEV_FB_TOTAL > 0.95}]}]
      """,
      beside: [
        ConfigFile(
          path: "counters.csv", role: .dcgmCounters,
          bytes: Array(
            "# all\nDCGM_FI_DEV_FB_USED, gauge, Used.\nDCGM_FI_DEV_FB_TOTAL, gauge, Total framebuffer (MiB).\n".utf8))
      ]),
  ]
}
