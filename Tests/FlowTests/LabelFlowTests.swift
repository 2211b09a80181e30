import Testing

@testable import Flow

@Suite struct LabelFlowTests {
  @Test(arguments: [
    "litellm_requests_metric_total > 0",
    "rate(litellm_requests_metric_total{job=\"x\"}[5m])",
    "sum by (user_agent) (litellm_requests_metric_total)",
    "sum(litellm_requests_metric_total) by (job, metadata_note)",
    "sum without (job) (litellm_requests_metric_total)",
    "topk(5, litellm_requests_metric_total)",
    "up * on (job) group_left (user) litellm_x",
    "sum(up) + litellm_requests_metric_total",
    "vllm:lora_requests_info",
    "{__name__=~\"litellm_.*\"}",
    "{job=\"x\"} |= \"error\"",
    "sum by (job) (litellm_a) unless (litellm_b)",
  ])
  func carried(query: String) { #expect(LabelFlow.carriesClientLabels(query)) }

  @Test(arguments: [
    "up == 0",
    "sum(rate(litellm_requests_metric_total[5m])) / sum by (job) (rate(litellm_requests_metric_total[5m])) > 0.05",
    "histogram_quantile(0.95, sum(rate(litellm_request_total_latency_metric_bucket[5m])) by (le)) > 10",
    "sum by (job) (topk(5, litellm_requests_metric_total{model=~\"a)(|b\"}))",
    "max by (job) (sum without (x) (litellm_requests_metric_total))",
    "sum by (job) (count_over_time({job=\"x\"} |= \"error\" [5m]))",
    "sum by (route, user) (promtail_request_duration_seconds_count)",
    "node_load1 # litellm_requests_metric_total",
    "label_replace(up, \"a\", \"litellm_x\", \"b\", \"c\")",
    "",
  ])
  func notCarried(query: String) { #expect(!LabelFlow.carriesClientLabels(query)) }

  /// Cut off anywhere, a query must neither crash nor hang.
  @Test func brokenQueriesAreNoTrouble() {
    let query = "sum by (a) (x{b=\"c\\\"\"}[5m] offset 1h) without (d) + on (e) group_left (f) {g=~`h`}"
    for end in query.indices { _ = LabelFlow.carriesClientLabels(String(query[..<end])) }
    #expect(LabelFlow.carriesClientLabels(String(repeating: "sum(", count: 100_000)))
  }
}
