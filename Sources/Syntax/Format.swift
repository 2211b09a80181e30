public import Vocabulary

/// What a file or an answer is, told by its content.
public enum Format: String, Sendable, Hashable, CaseIterable {
  case prometheusRules = "prometheus rules"
  /// Kubernetes custom resources of the Prometheus operator and of the Loki operator that hold rules.
  case prometheusRuleResource = "PrometheusRule resource"
  case prometheusConfig = "prometheus config"
  case alertmanagerConfig = "alertmanager config"
  case promtailConfig = "promtail config"
  case lokiConfig = "loki config"
  case litellmConfig = "litellm config"
  case grafanaDashboard = "grafana dashboard"
  /// Data sources, dashboards, alert rules, contact points and policies that Grafana reads at its start.
  case grafanaProvisioning = "grafana provisioning"
  /// Grafana's own, in INI: `grafana.ini`.
  case grafanaConfig = "grafana config"
  case alloyConfig = "alloy config"
  case goTemplate = "go template"
  case exposition
  /// Body of `/loki/api/v1/push`.
  case lokiPush = "loki push"
  /// Answer of `/loki/api/v1/query_range` or `/query`.
  case lokiQuery = "loki query answer"
  /// Answer of Prometheus's HTTP API, or of a relative's.
  case prometheusAPI = "prometheus api answer"
  case alertmanagerWebhook = "alertmanager webhook"
  /// Answer of `/api/v2/alerts`.
  case alertmanagerAlerts = "alertmanager alerts"
  case jsonLines = "json lines"
  case json
  case yaml
  case csv
  case shellScript = "shell script"
  case systemdUnit = "systemd unit"
  /// Told by its first instruction: `Dockerfile`, `Containerfile`.
  case dockerfile
  /// Lines of `NAME=value`.
  case environmentFile = "environment file"
  case log
  case text
  /// Text in UTF-16, told by its byte order mark.
  case utf16 = "utf-16 text"
  case gzip
  /// zstd, bzip2, xz, zip, lz4.
  case compressed
  case binary
}

extension Format {
  /// How its documents are read.
  public enum Notation: Sendable { case json, yaml, exposition, lines, none }

  /// Where a format comes in both JSON and YAML it is YAML here, and the text itself tells JSON.
  public var notation: Notation {
    switch self {
    case .lokiPush, .lokiQuery, .prometheusAPI, .alertmanagerWebhook, .alertmanagerAlerts, .json:
      .json
    case .prometheusRules, .prometheusRuleResource, .prometheusConfig, .alertmanagerConfig, .promtailConfig,
      .lokiConfig,
      .litellmConfig, .grafanaDashboard, .grafanaProvisioning, .yaml:
      .yaml
    case .exposition: .exposition
    case .grafanaConfig, .alloyConfig, .goTemplate, .jsonLines, .csv, .shellScript, .systemdUnit, .dockerfile,
      .environmentFile, .log, .text:
      .lines
    case .utf16, .gzip, .compressed, .binary: .none
    }
  }

  /// The surface its text belongs to.
  public var surface: Surface {
    switch self {
    case .prometheusRules, .prometheusRuleResource, .goTemplate, .alertmanagerWebhook, .alertmanagerAlerts: .alert
    case .exposition, .prometheusAPI: .label
    case .lokiPush, .lokiQuery, .jsonLines, .log: .log
    case .prometheusConfig, .alertmanagerConfig, .promtailConfig, .lokiConfig, .litellmConfig, .alloyConfig,
      .grafanaConfig, .grafanaDashboard, .grafanaProvisioning, .json, .yaml, .csv, .shellScript, .systemdUnit,
      .dockerfile, .environmentFile, .text,
      .utf16, .gzip,
      .compressed, .binary:
      .config
    }
  }

  public var sinkKind: Sink.Kind {
    switch self {
    case .prometheusRules, .prometheusRuleResource: .rules
    case .grafanaDashboard: .dashboard
    case .goTemplate: .template
    case .exposition: .exporter
    case .prometheusAPI: .prometheus
    case .lokiPush, .lokiQuery: .loki
    case .alertmanagerWebhook: .notification
    case .alertmanagerAlerts: .alertmanager
    case .jsonLines, .log: .logFile
    case .prometheusConfig, .alertmanagerConfig, .promtailConfig, .lokiConfig, .litellmConfig, .alloyConfig,
      .grafanaConfig, .grafanaProvisioning, .yaml, .json, .csv, .shellScript, .systemdUnit, .dockerfile,
      .environmentFile:
      .config
    case .text, .utf16, .gzip, .compressed, .binary: .text
    }
  }
}
