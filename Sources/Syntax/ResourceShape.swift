/// Recognises Kubernetes' custom resources by their kinds.
public enum ResourceShape {
  /// What a resource is as a file of its own; nil for one that no program reads as its rules, dashboards or alerting.
  public static func format(of resource: PositionedValue) -> Format? {
    guard let kind = resource["kind"]?.string else { return nil }
    return format(
      of: [kind], isOfGrafanasDashboards: resource["apiVersion"]?.string?.hasPrefix(grafanasDashboards) == true)
  }

  /// - Parameters:
  ///   - kinds: of the documents of a file, and of the items of its lists.
  ///   - isOfGrafanasDashboards: whether one of them is of that API's group.
  static func format(of kinds: Set<String>, isOfGrafanasDashboards: Bool) -> Format? {
    if !kinds.isDisjoint(with: rules) { return .prometheusRuleResource }
    if !kinds.isDisjoint(with: grafanas) { return .grafanaProvisioning }
    return isOfGrafanasDashboards && !kinds.isDisjoint(with: dashboards) ? .grafanaDashboard : nil
  }

  /// The API's group of Grafana's dashboards, whatever its version.
  static let grafanasDashboards = "dashboard.grafana.app/"

  private static let dashboards: Set<String> = ["Dashboard", "LibraryPanel"]

  /// Of prometheus-operator, and of the Loki operator.
  private static let rules: Set<String> = ["PrometheusRule", "AlertingRule", "RecordingRule"]

  /// Of grafana-operator.
  ///
  /// Source: grafana/grafana-operator api/v1beta1, the types of these names.
  private static let grafanas: Set<String> = [
    "GrafanaAlertRuleGroup", "GrafanaContactPoint", "GrafanaDatasource", "GrafanaNotificationPolicy",
    "GrafanaNotificationPolicyRoute", "GrafanaNotificationTemplate",
  ]
}
