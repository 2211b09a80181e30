/// vLLM: who serves, how much waits, how fast it answers.
enum VLLMDashboard {
  static let dashboard = Dashboard(
    uid: "sigilo-vllm", title: "vLLM",
    panels: [
      Panel("Servers up", as: .stat, (#"sum(up{job="vllm"})"#, "up")),
      Panel("Requests running", as: .stat, ("sum(vllm:num_requests_running)", "running")),
      Panel("Requests waiting", as: .stat, ("sum(vllm:num_requests_waiting)", "waiting")),
      Panel("Engines awake", as: .stat, (#"sum(vllm:engine_sleep_state{sleep_state="awake"})"#, "awake")),
      Panel(
        "Requests", ("sum by (instance) (vllm:num_requests_running)", "running {{instance}}"),
        ("sum by (instance) (vllm:num_requests_waiting)", "waiting {{instance}}")),
      Panel("KV cache in use", unit: .percentunit, ("max by (instance) (vllm:kv_cache_usage_perc)", "{{instance}}")),
      Panel(
        "Tokens a second", unit: .perSecond,
        ("sum by (instance) (rate(vllm:prompt_tokens_total[5m]))", "prompt {{instance}}"),
        ("sum by (instance) (rate(vllm:generation_tokens_total[5m]))", "generated {{instance}}")),
      Panel(
        "Finished requests a second", unit: .reqps,
        ("sum by (finished_reason) (rate(vllm:request_success_total[5m]))", "{{finished_reason}}")),
      Panel(
        "Time to first token", unit: .s, (quantile(0.5, "time_to_first_token_seconds"), "median {{instance}}"),
        (quantile(0.95, "time_to_first_token_seconds"), "p95 {{instance}}")),
      Panel(
        "Time between tokens", unit: .s, (quantile(0.5, "inter_token_latency_seconds"), "median {{instance}}"),
        (quantile(0.95, "inter_token_latency_seconds"), "p95 {{instance}}")),
      Panel("Time in the queue", unit: .s, (quantile(0.95, "request_queue_time_seconds"), "p95 {{instance}}")),
      Panel("Time of a request", unit: .s, (quantile(0.95, "e2e_request_latency_seconds"), "p95 {{instance}}")),
      Panel(
        "Preemptions a second", unit: .perSecond,
        ("sum by (instance) (rate(vllm:num_preemptions_total[5m]))", "{{instance}}")),
      Panel(
        "Prompt tokens found in the prefix cache", unit: .percentunit,
        (
          """
          sum by (instance) (rate(vllm:prefix_cache_hits_total[5m])) \
          / sum by (instance) (rate(vllm:prefix_cache_queries_total[5m]))
          """, "{{instance}}"
        )),
    ])

  private static func quantile(_ quantile: Double, _ family: String) -> String {
    "histogram_quantile(\(quantile), sum by (instance, le) (rate(vllm:\(family)_bucket[5m])))"
  }
}
