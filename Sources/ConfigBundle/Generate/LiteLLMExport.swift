/// The metrics that the bundle's LiteLLM config exports and the labels they keep (`prometheus_metrics_config`).
///
/// Without this key LiteLLM exports all families with all their labels, among them client_ip, user_agent, end_user,
/// user_email and keys. Metric names here are without `_total`, as the key wants them (source: LiteLLM 1.106.2).
enum LiteLLMExport {
  struct Group {
    var name: String
    var metrics: [String]
    var labels: [String]
  }

  static let groups = [
    Group(
      name: "requests", metrics: ["litellm_proxy_total_requests_metric"], labels: ["requested_model", "status_code"]),
    Group(
      name: "failures", metrics: ["litellm_proxy_failed_requests_metric"],
      labels: ["requested_model", "exception_status", "exception_class"]),
    Group(
      name: "latencies",
      metrics: [
        "litellm_request_total_latency_metric", "litellm_llm_api_latency_metric",
        "litellm_llm_api_time_to_first_token_metric",
      ], labels: ["requested_model"]),
    Group(
      name: "tokens", metrics: ["litellm_input_tokens_metric", "litellm_output_tokens_metric"],
      labels: ["requested_model"]),
    Group(
      name: "deployments", metrics: ["litellm_deployment_state"],
      labels: ["litellm_model_name", "api_base"]),
    Group(name: "process", metrics: ["litellm_in_flight_requests"], labels: []),
  ]
}
