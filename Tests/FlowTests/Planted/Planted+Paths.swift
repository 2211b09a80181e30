/// Planted in what alerts and logs pass through.
extension Planted {
  private static let requests = "litellm_proxy_total_requests_metric_total"

  static let routes: [Planted] = [
    Planted(
      "a receiver's text prints the label", "client-label-in-annotation",
      [
        File(
          "alertmanager.yml",
          "route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{url: 'http://h:1/'}], "
            + "slack_configs: [{channel: c, api_url: 'http://h:2/', text: '{{ .CommonLabels.user_agent }}'}]}]\n")
      ],
      fixed: [
        File(
          "alertmanager.yml",
          "route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{url: 'http://h:1/'}], "
            + "slack_configs: [{channel: c, api_url: 'http://h:2/', text: '{{ .CommonLabels.instance }}'}]}]\n")
      ]),
    Planted(
      "a notification template prints it", "client-label-in-annotation",
      [File("t/a.tmpl", "{{ define \"x\" }}{{ range .Alerts }}{{ .Labels.end_user }}{{ end }}{{ end }}\n")],
      fixed: [File("t/a.tmpl", "{{ define \"x\" }}{{ range .Alerts }}{{ .Labels.instance }}{{ end }}{{ end }}\n")]),
    Planted(
      "a template prints what only these alerts carry", "client-label-in-annotation",
      [
        .alert("sum by (model) (litellm_llm_api_failed_requests_metric_total) > 5"),
        File("t/a.tmpl", "{{ define \"x\" }}{{ (index .Alerts 0).Labels.model }}{{ end }}\n"),
      ],
      fixed: [
        .alert("sum by (job) (litellm_requests_metric_total) > 5"),
        File("t/a.tmpl", "{{ define \"x\" }}{{ (index .Alerts 0).Labels.job }}{{ end }}\n"),
      ]),
    Planted(
      "alerts leave the site", "receiver-outside-site",
      [
        File(
          "alertmanager.yml",
          "route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{url: 'https://hook.example.com/'}]}]\n")
      ],
      fixed: [
        File(
          "alertmanager.yml",
          "route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{url: 'https://hook.internal/'}]}]\n")
      ]),
    Planted(
      "a text of a contact point", "client-label-in-annotation",
      [File("grafana/points.yaml", points("{{ .CommonLabels.user_agent }}"))],
      fixed: [File("grafana/points.yaml", points("{{ .CommonLabels.job }}"))]),
    Planted(
      "a rule of Grafana, over its policies", "client-label-in-alert",
      [File("grafana/rules.yaml", managed("litellm_proxy_total_requests_metric_total"))],
      fixed: [File("grafana/rules.yaml", managed("sum by (job) (litellm_proxy_total_requests_metric_total)"))]),
    Planted(
      "an alert of Grafana's over an interval that it fills in", "client-label-in-alert",
      [File("grafana/rules.yaml", managed("rate(litellm_proxy_total_requests_metric_total[$__rate_interval])"))],
      fixed: [
        File(
          "grafana/rules.yaml",
          managed("sum by (job) (rate(litellm_proxy_total_requests_metric_total[$__rate_interval]))"))
      ]),
    Planted(
      "a key in the configuration", "secret-in-config",
      [
        File(
          "alertmanager.yml",
          "global: {smtp_auth_password: hunter2}\nroute: {receiver: a}\n"
            + "receivers: [{name: a, webhook_configs: [{url: 'http://h:1/'}]}]\n")
      ],
      fixed: [
        File(
          "alertmanager.yml",
          "global: {smtp_auth_password_file: /run/p}\nroute: {receiver: a}\n"
            + "receivers: [{name: a, webhook_configs: [{url: 'http://h:1/'}]}]\n")
      ]),
  ]

  private static func points(_ text: String) -> String {
    "apiVersion: 1\ncontactPoints: [{orgId: 1, name: a, receivers: [{uid: u, type: webhook, "
      + "settings: {url: 'http://h:1/', message: '\(text)'}}]}]\n"
  }

  private static func managed(_ expression: String) -> String {
    """
    apiVersion: 1
    groups:
      - orgId: 1
        name: g
        folder: f
        interval: 1m
        rules:
          - uid: r
            title: A
            condition: A
            data: [{refId: A, datasourceUid: p, model: {refId: A, expr: '\(expression)'}}]
            labels: {severity: warning}
            annotations: {action: check}

    """
  }

  static let relabellings: [Planted] = [
    Planted(
      "one of two labels is dropped", "client-label-in-alert",
      [
        .alert("sum by (user_agent, end_user) (\(requests)) > 5"),
        .prometheus("metric_relabel_configs: [{action: labeldrop, regex: user_agent}]"),
      ],
      fixed: [
        .alert("sum by (user_agent, end_user) (\(requests)) > 5"),
        .prometheus("metric_relabel_configs: [{action: labeldrop, regex: user_agent|end_user}]"),
      ]),
    Planted(
      "a label is copied before it is dropped", "client-label-in-alert",
      [
        .alert("sum by (agent) (\(requests)) > 5"),
        .prometheus(
          "metric_relabel_configs: [{source_labels: [user_agent], target_label: agent}, "
            + "{action: labeldrop, regex: user_agent}]"),
      ],
      fixed: [
        .alert("sum by (agent) (\(requests)) > 5"),
        .prometheus(
          "metric_relabel_configs: [{source_labels: [user_agent], target_label: agent, replacement: some}, "
            + "{action: labeldrop, regex: user_agent}]"),
      ]),
    Planted(
      "labels are renamed by their names", "client-label-in-alert",
      [
        .alert("sum by (x_user_agent) (\(requests)) > 5"),
        .prometheus("metric_relabel_configs: [{action: labelmap, regex: (user_agent), replacement: x_$1}]"),
      ],
      fixed: [
        .alert("sum by (x_user_agent) (\(requests)) > 5"),
        .prometheus("metric_relabel_configs: [{action: labelmap, regex: (status_code), replacement: x_$1}]"),
      ]),
    Planted(
      "a pattern that takes any text", "client-label-in-alert",
      [
        .alert("sum by (requested_model) (\(requests)) > 5"),
        .prometheus("metric_relabel_configs: [{source_labels: [requested_model], regex: '.+', action: keep}]"),
      ],
      fixed: [
        .alert("sum by (requested_model) (\(requests)) > 5"),
        .prometheus(
          "metric_relabel_configs: [{source_labels: [requested_model], regex: 'carcara-[a-z]+', action: keep}]"),
      ]),
    Planted(
      "alerts are relabelled too little", "client-label-in-alert",
      [
        .alert("sum by (user_agent) (\(requests)) > 5"),
        File(
          "prometheus.yml",
          "alerting: {alert_relabel_configs: [{action: labeldrop, regex: end_user}]}\nscrape_configs: [{job_name: litellm}]\n"
        ),
      ],
      fixed: [
        .alert("sum by (user_agent) (\(requests)) > 5"),
        File(
          "prometheus.yml",
          "alerting: {alert_relabel_configs: [{action: labeldrop, regex: user_agent}]}\nscrape_configs: [{job_name: litellm}]\n"
        ),
      ]),
  ]

  private static func ruler(_ expression: String) -> File {
    .rules(
      "alert: A, expr: '\(expression)', labels: {severity: warning}, annotations: {action: check}")
  }

  static let logs: [Planted] = [
    Planted(
      "a group of a regular expression", "log-line-in-label",
      [ruler("sum by (text) (count_over_time({job=\"vllm\"} | regexp `(?P<text>.+)` [5m])) > 0")],
      fixed: [ruler("sum by (job) (count_over_time({job=\"vllm\"} | regexp `(?P<text>.+)` [5m])) > 0")]),
    Planted(
      "a part of a pattern", "log-line-in-label",
      [ruler("sum by (prompt) (rate({job=\"vllm\"} | pattern `<_> prompt: <prompt>` [5m])) > 0")],
      fixed: [ruler("sum by (job) (rate({job=\"vllm\"} | pattern `<_> prompt: <prompt>` [5m])) > 0")]),
    Planted(
      "all fields of json", "log-line-in-label", [ruler("rate({job=\"litellm\"} | json [5m]) > 1")],
      fixed: [ruler("sum by (job) (rate({job=\"litellm\"} | json [5m])) > 1")]),
    Planted(
      "a field of logfmt", "log-line-in-label",
      [ruler("sum by (msg) (rate({job=\"loki\"} | logfmt [5m])) > 1")],
      fixed: [ruler("sum by (level) (rate({job=\"loki\"} | logfmt [5m])) > 1")]),
    Planted(
      "the line itself, by a template", "log-line-in-label",
      [ruler("sum by (x) (rate({job=\"vllm\"} | label_format x=`{{ __line__ }}` [5m])) > 1")],
      fixed: [ruler("sum by (x) (rate({job=\"vllm\"} | label_format x=`{{ .job }}` [5m])) > 1")]),
    Planted(
      "a label of the line printed", "client-label-in-annotation",
      [
        .rules(
          "alert: A, expr: 'sum by (text) (count_over_time({job=\"vllm\"} | regexp `(?P<text>.+)` [5m])) > 0', "
            + "labels: {severity: warning}, annotations: {action: check, description: '{{ $labels.text }}'}")
      ],
      fixed: [
        .rules(
          "alert: A, expr: 'sum by (job) (count_over_time({job=\"vllm\"} | regexp `(?P<text>.+)` [5m])) > 0', "
            + "labels: {severity: warning}, annotations: {action: check, description: '{{ $labels.job }}'}")
      ]),
  ]

  static let dashboards: [Planted] = [
    Planted(
      "a logs panel", "dashboard-logs-panel",
      [
        .dashboard(
          #"{"type": "logs", "gridPos": {}, "targets": [{"datasource": {"type": "loki"}, "expr": "{job=\"vllm\"}"}]}"#)
      ],
      fixed: [
        .dashboard(
          #"{"type": "stat", "gridPos": {}, "targets": [{"datasource": {"type": "loki"}, "expr": "sum(rate({job=\"vllm\"}[5m]))"}]}"#
        )
      ]),
    Planted(
      "a table over log lines", "dashboard-logs-panel",
      [
        .dashboard(
          #"{"type": "table", "targets": [{"datasource": {"type": "loki"}, "expr": "{job=\"vllm\"} |= \"error\""}]}"#)
      ],
      fixed: [
        .dashboard(
          #"{"type": "table", "targets": [{"datasource": {"type": "loki"}, "expr": "sum by (job) (rate({job=\"vllm\"} |= \"error\" [5m]))"}]}"#
        )
      ]),
    Planted(
      "a legend", "client-label-in-panel",
      [.dashboard(#"{"targets": [{"expr": "litellm_requests_metric_total", "legendFormat": "{{user_agent}}"}]}"#)],
      fixed: [.dashboard(#"{"targets": [{"expr": "litellm_requests_metric_total", "legendFormat": "{{instance}}"}]}"#)]),
    Planted(
      "a table of raw series in a row", "client-label-in-panel",
      [
        .dashboard(
          #"{"type": "row", "panels": [{"targets": [{"expr": "litellm_requests_metric_total", "format": "table", "legendFormat": "x"}]}]}"#
        )
      ],
      fixed: [
        .dashboard(
          #"{"type": "row", "panels": [{"targets": [{"expr": "sum by (job) (litellm_requests_metric_total)", "format": "table", "legendFormat": "x"}]}]}"#
        )
      ]),
    Planted(
      "a variable", "client-label-in-variable",
      [
        File(
          "d.json",
          #"{"title": "a", "schemaVersion": 39, "panels": [], "templating": {"list": [{"name": "v", "type": "query", "query": "label_values(litellm_requests_metric_total, end_user)"}]}}"#
        )
      ],
      fixed: [
        File(
          "d.json",
          #"{"title": "a", "schemaVersion": 39, "panels": [], "templating": {"list": [{"name": "v", "type": "query", "query": "label_values(litellm_requests_metric_total, instance)"}]}}"#
        )
      ]),
    Planted(
      "a panel that stays empty", "dead-metric",
      [.dashboard(#"{"targets": [{"expr": "sum(vllm:num_requests_swapped)"}]}"#)],
      fixed: [.dashboard(#"{"targets": [{"expr": "sum(vllm:num_requests_waiting)"}]}"#)]),
  ]
}
