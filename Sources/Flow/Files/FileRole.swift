/// What a file of a configuration tree is for; the manifest records it.
public enum FileRole: String, Sendable, Codable, Hashable, CaseIterable {
  case prometheusConfig = "prometheus-config"
  /// Alerting and recording rules of Prometheus or of Loki's ruler.
  case rules
  case promtailConfig = "promtail-config"
  case alertmanagerConfig = "alertmanager-config"
  case litellmConfig = "litellm-config"
  case lokiConfig = "loki-config"
  case alloyConfig = "alloy-config"
  /// `grafana.ini`.
  case grafanaConfig = "grafana-config"
  case dashboard
  /// Grafana's provisioning, including Grafana-managed alert rules.
  case grafanaProvisioning = "grafana-provisioning"
  /// Notification templates.
  case template
  case dcgmCounters = "dcgm-counters"
  case vllmArguments = "vllm-args"
  case other
}
