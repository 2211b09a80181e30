import Testing

@testable import Flow

/// What is said of metrics that nobody exports.
@Suite struct MetricCatalogueTests {
  @Test(
    arguments: [
      ("litellm_errors", "which LiteLLM does not export", true),
      ("litellm_proxy_failed_requests_metric", "exported as litellm_proxy_failed_requests_metric_total", true),
      ("litellm_of_another_version", "a litellm_ metric", false),
      ("vllm:gpu_cache_usage_perc", "no longer exports", true),
      ("vllm:time_per_output_token_seconds_bucket", "no longer exports", true),
      ("vllm:prefix_cache_hits", "exported as vllm:prefix_cache_hits_total", true),
      ("vllm:of_another_version", "a vllm: metric", false),
      ("DCGM_FI_DEV_FB_TOTAL", "does not export by default", true),
      ("DCGM_FI_DEV_NO_SUCH_FIELD", "not among the exporter's default counters", false),
    ])
  func theReasonIsTold(metric: String, reason: String, isCertain: Bool) throws {
    let dead = try #require(facts.metrics.dead(metric, dcgmFields: nil, gateways: []))
    #expect(dead.reason.contains(reason))
    #expect(dead.isCertain == isCertain)
  }

  @Test(
    arguments: [
      "litellm_requests_metric_total", "vllm:num_requests_waiting", "vllm:inter_token_latency_seconds_bucket",
      "vllm:nixl_num_failed_transfers", "vllm:queue:sum", "DCGM_FI_DEV_GPU_TEMP", "some_total",
    ])
  func whatIsExportedIsNot(metric: String) { #expect(facts.metrics.dead(metric, dcgmFields: nil, gateways: []) == nil) }

  @Test func aCountersFileTakesThePlaceOfTheDefaults() throws {
    let fields: Set<String> = ["DCGM_FI_DEV_FB_TOTAL"]
    #expect(facts.metrics.dead("DCGM_FI_DEV_FB_TOTAL", dcgmFields: fields, gateways: []) == nil)
    #expect(try #require(facts.metrics.dead("DCGM_FI_DEV_GPU_TEMP", dcgmFields: fields, gateways: [])).isCertain)
  }
}
