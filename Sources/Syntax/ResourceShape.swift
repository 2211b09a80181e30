/// Recognises Kubernetes' custom resources by their kinds.
enum ResourceShape {
  /// - Parameter kinds: of the documents of a file, and of the items of its lists.
  static func format(of kinds: Set<String>) -> Format? {
    if !kinds.isDisjoint(with: rules) { return .prometheusRuleResource }
    return kinds.isDisjoint(with: grafanasAlerting) ? nil : .grafanaProvisioning
  }

  /// Of prometheus-operator, and of the Loki operator.
  private static let rules: Set<String> = ["PrometheusRule", "AlertingRule", "RecordingRule"]

  /// Of grafana-operator.
  ///
  /// Source: grafana/grafana-operator api/v1beta1, the types of these names.
  private static let grafanasAlerting: Set<String> = [
    "GrafanaAlertRuleGroup", "GrafanaContactPoint", "GrafanaNotificationPolicy", "GrafanaNotificationPolicyRoute",
    "GrafanaNotificationTemplate",
  ]
}
