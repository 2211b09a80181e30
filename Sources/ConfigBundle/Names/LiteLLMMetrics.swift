/// What LiteLLM 1.106.2 exports (source: its Prometheus callback, read and run).
enum LiteLLMMetrics {
  static let families: [MetricFamilyName] =
    named(
      .counter,
      [
        "litellm_proxy_failed_requests_metric_total", "litellm_proxy_total_requests_metric_total",
        "litellm_spend_metric_total", "litellm_total_tokens_metric_total", "litellm_input_tokens_metric_total",
        "litellm_output_tokens_metric_total", "litellm_input_cached_tokens_metric_total",
        "litellm_input_cache_creation_tokens_metric_total", "litellm_input_audio_tokens_metric_total",
        "litellm_output_reasoning_tokens_metric_total", "litellm_output_audio_tokens_metric_total",
        "litellm_video_duration_seconds_metric_total", "litellm_images_generated_metric_total",
        "litellm_guardrail_errors_total", "litellm_guardrail_requests_total", "litellm_deployment_cooled_down_total",
        "litellm_deployment_success_responses_total", "litellm_deployment_failure_responses_total",
        "litellm_deployment_total_requests_total", "litellm_deployment_successful_fallbacks_total",
        "litellm_deployment_failed_fallbacks_total", "litellm_callback_logging_failures_metric_total",
        "litellm_llm_api_failed_requests_metric_total", "litellm_requests_metric_total",
        "litellm_zero_cost_requests_total", "litellm_cache_hits_metric_total", "litellm_cache_misses_metric_total",
        "litellm_cached_tokens_metric_total", "litellm_provider_cache_read_input_tokens_metric_total",
        "litellm_provider_cache_creation_input_tokens_metric_total", "litellm_managed_batch_created_total",
        "litellm_managed_file_created_total", "litellm_managed_file_deleted_total",
        "litellm_check_batch_cost_jobs_processed_total", "litellm_check_batch_cost_errors_total",
        "litellm_mcp_tool_calls_total", "litellm_mcp_tool_call_spend_metric_total",
      ])
    + named(
      .gauge,
      [
        "litellm_remaining_team_budget_metric", "litellm_team_max_budget_metric",
        "litellm_team_budget_remaining_hours_metric", "litellm_team_members_metric",
        "litellm_remaining_org_budget_metric", "litellm_org_max_budget_metric",
        "litellm_org_budget_remaining_hours_metric", "litellm_remaining_api_key_budget_metric",
        "litellm_api_key_max_budget_metric", "litellm_api_key_budget_remaining_hours_metric",
        "litellm_remaining_user_budget_metric", "litellm_user_max_budget_metric",
        "litellm_user_budget_remaining_hours_metric", "litellm_remaining_customer_budget_metric",
        "litellm_customer_max_budget_metric", "litellm_customer_budget_remaining_hours_metric",
        "litellm_remaining_api_key_requests_for_model", "litellm_remaining_api_key_tokens_for_model",
        "litellm_api_key_rate_limit_allowed_metric", "litellm_api_key_rate_limit_used_metric",
        "litellm_team_rate_limit_allowed_metric", "litellm_team_rate_limit_used_metric",
        "litellm_project_model_rate_limit_allowed_metric", "litellm_project_model_rate_limit_used_metric",
        "litellm_remaining_requests_metric", "litellm_remaining_tokens_metric",
        "litellm_provider_remaining_budget_metric", "litellm_deployment_state", "litellm_deployment_tpm_limit",
        "litellm_deployment_rpm_limit", "litellm_spend_capture_rate", "litellm_total_users", "litellm_active_users",
        "litellm_teams_count", "litellm_managed_file_size_bytes", "litellm_check_batch_cost_jobs_polled",
        "litellm_check_batch_cost_last_run_timestamp", "litellm_in_flight_requests",
      ])
    + named(
      .histogram,
      [
        "litellm_request_total_latency_metric", "litellm_llm_api_latency_metric",
        "litellm_llm_api_time_to_first_token_metric", "litellm_overhead_latency_metric",
        "litellm_overhead_with_guardrails_latency_metric", "litellm_request_queue_time_seconds",
        "litellm_guardrail_latency_seconds", "litellm_deployment_latency_per_output_token",
        "litellm_managed_batch_duration_seconds",
      ])
}
