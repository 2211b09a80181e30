/// Planted in where telemetry goes.
extension Planted {
  static let sites: [Planted] = [
    Planted(
      "series are written outside", "telemetry-outside-site",
      [prometheus("remote_write: [{url: 'https://m.example.com/w'}]")],
      fixed: [prometheus("remote_write: [{url: 'https://mimir.internal/w'}]")]),
    Planted(
      "alerts are sent outside", "telemetry-outside-site", [prometheus(alertmanager("alerts.example.com:9093"))],
      fixed: [prometheus(alertmanager("alertmanager:9093"))]),
    Planted(
      "traces are sent outside", "telemetry-outside-site", [prometheus("tracing: {endpoint: 't.example.com:4317'}")],
      fixed: [prometheus("tracing: {endpoint: 'tempo:4317'}")]),
    Planted(
      "lines are sent outside", "telemetry-outside-site",
      [
        File(
          "promtail.yml",
          "clients: [{url: 'https://l.example.com/push'}]\npositions: {filename: /p}\nscrape_configs: []\n")
      ],
      fixed: [
        File(
          "promtail.yml", "clients: [{url: 'http://loki:3100/push'}]\npositions: {filename: /p}\nscrape_configs: []\n")
      ]),
    Planted(
      "lines are kept outside", "telemetry-outside-site", [loki("common: {storage: {s3: {endpoint: s3.example.com}}}")],
      fixed: [loki("common: {storage: {s3: {endpoint: 'minio:9000'}}}")]),
    Planted(
      "what rules record of lines is written outside", "telemetry-outside-site",
      [loki(ruler("https://m.example.com/w"))],
      fixed: [loki(ruler("http://prometheus:9090/api/v1/write"))]),
    Planted(
      "Grafana reads outside", "telemetry-outside-site", [datasource("https://m.example.com/")],
      fixed: [datasource("http://prometheus:9090")]),
    Planted(
      "a label that is pulled from another Prometheus", "client-label-in-alert",
      [.alert("sum by (user_agent) (litellm_requests_metric_total) > 5"), federating("regex: end_user")],
      fixed: [.alert("sum by (user_agent) (litellm_requests_metric_total) > 5"), federating("regex: user_agent")]),
    Planted(
      "an alert on what Loki recorded of lines", "log-line-in-label",
      [recording("sum by (job, msg)"), .alert("log:errors:rate5m > 1")],
      fixed: [recording("sum by (job)"), .alert("log:errors:rate5m > 1")]),
    Planted(
      "a panel on what Loki recorded of lines", "client-label-in-panel",
      [
        recording("sum by (job, msg)"),
        .dashboard(
          #"{"type": "table", "targets": [{"expr": "log:errors:rate5m", "datasource": {"type": "prometheus"}}]}"#),
      ],
      fixed: [
        recording("sum by (job)"),
        .dashboard(
          #"{"type": "table", "targets": [{"expr": "log:errors:rate5m", "datasource": {"type": "prometheus"}}]}"#),
      ]),
  ]

  private static func prometheus(_ more: String) -> File {
    File("prometheus.yml", "scrape_configs: [{job_name: litellm}]\n\(more)\n")
  }

  private static func federating(_ dropped: String) -> File {
    .prometheus(
      job: "global",
      "metrics_path: /federate, honor_labels: true, params: {'match[]': ['{job=\"litellm\"}']}, "
        + "metric_relabel_configs: [{action: labeldrop, \(dropped)}]")
  }

  private static func alertmanager(_ target: String) -> String {
    "alerting: {alertmanagers: [{static_configs: [{targets: ['\(target)']}]}]}"
  }

  /// One that leaves nothing else to say.
  private static func loki(_ more: String) -> File {
    File(
      "loki.yml",
      "auth_enabled: false\nserver: {http_listen_port: 3100, log_level: warn}\nschema_config: {configs: []}\n"
        + "analytics: {reporting_enabled: false}\nlimits_config: {allow_structured_metadata: false}\n\(more)\n")
  }

  private static func ruler(_ url: String) -> String {
    "ruler: {remote_write: {enabled: true, clients: {a: {url: '\(url)'}}}}"
  }

  private static func datasource(_ url: String) -> File {
    File("grafana/sources.yaml", "apiVersion: 1\ndatasources: [{name: p, type: prometheus, url: '\(url)'}]\n")
  }

  private static func recording(_ aggregation: String) -> File {
    let rule = "record: 'log:errors:rate5m', expr: '\(aggregation) (rate({job=\"x\"} | logfmt [5m]))'"
    return File("loki/rules.yml", "groups:\n- name: g\n  rules:\n  - {\(rule)}\n")
  }
}
