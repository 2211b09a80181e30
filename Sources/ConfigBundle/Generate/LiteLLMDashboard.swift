/// LiteLLM: requests, failures and how long they take. Models are the fleet's own or "other".
enum LiteLLMDashboard {
  static let dashboard = Dashboard(
    uid: "sigilo-litellm", title: "LiteLLM",
    panels: [
      Panel("Gateways up", as: .stat, (#"sum(up{job="litellm"})"#, "up")),
      Panel("Requests in flight", as: .stat, ("sum(litellm_in_flight_requests)", "in flight")),
      Panel(
        "Requests a second", as: .stat, unit: .reqps,
        ("sum(rate(litellm_proxy_total_requests_metric_total[5m]))", "requests")),
      // A family without a failure yet has no series: that is zero, not "no data".
      Panel(
        "Failures on the server's side a second", as: .stat, unit: .reqps,
        ("\(failures(#"{exception_status=~"5..|408"}"#)) or vector(0)", "failures")),
      Panel(
        "Requests by status", unit: .reqps,
        ("sum by (status_code) (rate(litellm_proxy_total_requests_metric_total[5m]))", "{{status_code}}")),
      Panel(
        "Failures by status", unit: .reqps,
        (
          "sum by (exception_status) (rate(litellm_proxy_failed_requests_metric_total[5m])) or vector(0)",
          "{{exception_status}}"
        )),
      Panel(
        "Requests by model", unit: .reqps,
        ("sum by (requested_model) (rate(litellm_proxy_total_requests_metric_total[5m]))", "{{requested_model}}")),
      Panel(
        "Share of requests that fail", unit: .percentunit,
        (
          "(\(failures("")) or vector(0)) / sum(rate(litellm_proxy_total_requests_metric_total[5m]))",
          "failing"
        )),
      Panel(
        "Time of a request", unit: .s, (quantile(0.5, "litellm_request_total_latency_metric"), "median"),
        (quantile(0.95, "litellm_request_total_latency_metric"), "p95")),
      Panel(
        "Time of the model's answer", unit: .s, (quantile(0.5, "litellm_llm_api_latency_metric"), "median"),
        (quantile(0.95, "litellm_llm_api_latency_metric"), "p95")),
      Panel(
        "Time to first token", unit: .s, (quantile(0.95, "litellm_llm_api_time_to_first_token_metric"), "p95")),
      Panel(
        "Tokens a second", unit: .perSecond, ("sum(rate(litellm_input_tokens_metric_total[5m]))", "in"),
        ("sum(rate(litellm_output_tokens_metric_total[5m]))", "out")),
      Panel(
        "Deployments by state (0 healthy, 1 partial outage, 2 complete outage)",
        (#"count_values("state", litellm_deployment_state)"#, "{{state}}")),
    ])

  private static func failures(_ matchers: String) -> String {
    "sum(rate(litellm_proxy_failed_requests_metric_total\(matchers)[5m]))"
  }

  private static func quantile(_ quantile: Double, _ family: String) -> String {
    "histogram_quantile(\(quantile), sum by (le) (rate(\(family)_bucket[5m])))"
  }
}
