/// Planted in how programs are configured and started.
extension Planted {
  private static let promtail = "clients: [{url: 'http://loki:3100/loki/api/v1/push'}]\npositions: {filename: /p}\n"

  private static func stages(_ stages: String) -> [File] {
    [File("promtail.yml", promtail + "scrape_configs: [{job_name: a, pipeline_stages: [\(stages)]}]\n")]
  }

  static let settings: [Planted] = [
    Planted(
      "queries are logged", "prometheus-query-log",
      [File("prometheus.yml", "global: {query_log_file: /var/log/q.log}\nscrape_configs: [{job_name: vllm}]\n")],
      fixed: [.prometheus(job: "vllm")]),
    Planted(
      "pushed lines are logged", "loki-push-log",
      [
        File(
          "loki.yml",
          "auth_enabled: false\nserver: {http_listen_port: 3100, log_level: warn}\nschema_config: {configs: []}\n"
            + "analytics: {reporting_enabled: false}\nlimits_config: {allow_structured_metadata: false}\n"
            + "operational_config: {log_push_request: true}\n")
      ],
      fixed: [
        File(
          "loki.yml",
          "auth_enabled: false\nserver: {http_listen_port: 3100, log_level: warn}\nschema_config: {configs: []}\n"
            + "analytics: {reporting_enabled: false}\nlimits_config: {allow_structured_metadata: false}\n")
      ]),
    Planted(
      "metadata become labels", "litellm-content-setting",
      [File("litellm.yml", gateway("custom_prometheus_metadata_labels: [metadata.x]"))],
      fixed: [File("litellm.yml", gateway("custom_prometheus_metadata_labels: []"))]),
    Planted(
      "end users become labels", "litellm-content-setting",
      [File("litellm.yml", gateway("enable_end_user_cost_tracking_prometheus_only: true"))],
      fixed: [File("litellm.yml", gateway("enable_end_user_cost_tracking_prometheus_only: false"))]),
    Planted(
      "a label that no contract states, in an alert", "client-label-in-alert",
      [.prometheus(), .alert("sum by (job, note) (rate(litellm_requests_metric_total[5m])) > 5")],
      fixed: [.prometheus(), .alert("sum by (job) (rate(litellm_requests_metric_total[5m])) > 5")]),
    Planted(
      "a label that no contract states, in a panel", "client-label-in-panel",
      [
        .prometheus(),
        .dashboard(#"{"type": "timeseries", "targets": [{"expr": "sum by (note) (vllm:num_requests_waiting)"}]}"#),
      ],
      fixed: [
        .prometheus("static_configs: [{targets: ['a:8000'], labels: {note: x}}]"),
        .dashboard(#"{"type": "timeseries", "targets": [{"expr": "sum by (note) (vllm:num_requests_waiting)"}]}"#),
      ]),
    Planted(
      "a label that no contract states, in a variable", "client-label-in-variable",
      [
        .prometheus(),
        File(
          "dashboards/a.json",
          #"{"panels": [], "templating": {"list": [{"name": "a", "type": "query", "query": "label_values(vllm:num_requests_waiting, note)"}]}}"#
        ),
      ],
      fixed: [
        .prometheus("file_sd_configs: [{files: [a.json]}]"),
        File(
          "dashboards/a.json",
          #"{"panels": [], "templating": {"list": [{"name": "a", "type": "query", "query": "label_values(vllm:num_requests_waiting, note)"}]}}"#
        ),
      ]),
    Planted(
      "a label that the configuration lets out", "client-label-in-alert",
      [File("litellm.yml", gateway()), .alert("litellm_proxy_total_requests_metric_total > 100000")],
      fixed: [
        File("litellm.yml", gateway(labels: "status_code")),
        .alert("litellm_proxy_total_requests_metric_total > 100000"),
      ]),
    Planted(
      "a metric that the configuration leaves out", "dead-metric",
      [File("litellm.yml", gateway()), .alert("sum(rate(litellm_request_total_latency_metric_count[5m])) > 5")],
      fixed: [File("litellm.yml", gateway()), .alert("sum(rate(litellm_proxy_total_requests_metric_total[5m])) > 5")]),
    Planted(
      "a replacement without a group", "promtail-replace-without-group",
      stages("{replace: {expression: 'prompt=.*', replace: x}}"),
      fixed: stages("{replace: {expression: 'prompt=(.*)', replace: x}}")),
    Planted(
      "a drop of first lines", "promtail-drop-incomplete", stages("{drop: {expression: '^Traceback'}}"),
      fixed: stages("{multiline: {firstline: '^x'}}, {drop: {expression: '^Traceback'}}")),
    Planted(
      "a field that is no number", "dcgm-fields",
      [File("counters.csv", "DCGM_FI_DEV_FB_USED, gauge, Used.\nDCGM_FI_PROCESS_NAME, label, Name.\n")],
      fixed: [File("counters.csv", "DCGM_FI_DEV_FB_USED, gauge, Used.\n")]),
  ]

  /// A gateway that leaves nothing else to say.
  private static func gateway(
    _ setting: String = "cache: false", labels: String = "requested_model, status_code"
  ) -> String {
    """
    model_list: [{model_name: m, litellm_params: {model: openai/m}}]
    general_settings: {store_prompts_in_spend_logs: false, store_model_in_db: false}
    litellm_settings:
      \(setting)
      log_raw_request_response: false
      callbacks: [prometheus]
      prometheus_metrics_config:
        - {group: a, metrics: [litellm_proxy_total_requests_metric], include_labels: [\(labels)]}
      turn_off_message_logging: true
      redact_messages_in_exceptions: true
      redact_user_api_key_info: true
      require_auth_for_metrics_endpoint: true

    """
  }

  static let launches: [Planted] = [
    Planted(
      "requests are logged by the batch script", "vllm-content-flag",
      [
        File(
          "run.sbatch",
          "#!/bin/bash\n#SBATCH -J vllm\nexport VLLM_LOGGING_LEVEL=INFO\nsrun vllm serve m --enable-log-requests --disable-uvicorn-access-log\n"
        )
      ],
      fixed: [
        File(
          "run.sbatch",
          "#!/bin/bash\n#SBATCH -J vllm\nexport VLLM_LOGGING_LEVEL=INFO\nsrun vllm serve m --no-enable-log-requests --disable-uvicorn-access-log\n"
        )
      ]),
    Planted(
      "the unit's environment logs at debug", "vllm-content-flag",
      [
        File(
          "vllm.service",
          "[Service]\nEnvironment=VLLM_LOGGING_LEVEL=DEBUG\nExecStart=/usr/bin/vllm serve m --no-enable-log-requests --disable-uvicorn-access-log\n"
        )
      ],
      fixed: [
        File(
          "vllm.service",
          "[Service]\nEnvironment=VLLM_LOGGING_LEVEL=INFO\nExecStart=/usr/bin/vllm serve m --no-enable-log-requests --disable-uvicorn-access-log\n"
        )
      ]),
    Planted(
      "the gateway is started with its debugger", "litellm-content-switch",
      [File("run.sh", "#!/bin/sh\nexport LITELLM_LOG=CRITICAL\nexec litellm --config c.yaml --detailed_debug\n")],
      fixed: [File("run.sh", "#!/bin/sh\nexport LITELLM_LOG=CRITICAL\nexec litellm --config c.yaml\n")]),
    Planted(
      "dashboards for everybody", "grafana-anonymous",
      [
        File(
          "compose.yml",
          "services:\n  grafana:\n    image: grafana/grafana\n    environment:\n      GF_AUTH_ANONYMOUS_ENABLED: 'true'\n"
        )
      ],
      fixed: [
        File(
          "compose.yml",
          "services:\n  grafana:\n    image: grafana/grafana\n    environment:\n      GF_AUTH_ANONYMOUS_ENABLED: 'false'\n"
        )
      ]),
    Planted(
      "dashboards for everybody by Grafana's own file", "grafana-anonymous",
      [File("grafana.ini", "[server]\nhttp_port = 3000\n[auth.anonymous]\nenabled = true\n")],
      fixed: [File("grafana.ini", "[server]\nhttp_port = 3000\n[auth.anonymous]\n;enabled = true\n")]),
    Planted(
      "the administrator's password", "secret-in-config",
      [File("grafana.ini", "[security]\nadmin_password = x1\n")],
      fixed: [File("grafana.ini", "[security]\nadmin_password = $__file{/run/secrets/grafana}\n")]),
    Planted(
      "Alertmanager logs alerts", "alertmanager-log-level",
      [File("run.sh", "#!/bin/sh\nexec alertmanager --config.file=a.yml --log.level=debug\n")],
      fixed: [File("run.sh", "#!/bin/sh\nexec alertmanager --config.file=a.yml\n")]),
  ]
}
