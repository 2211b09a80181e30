@testable import Flow

/// Planted in files that say the same in another way: flow collections, Kubernetes' lists and streams, what Grafana's API gives.
extension Planted {
  private static let clients = "sum by (user_agent) (litellm_requests_metric_total) > 5"
  private static let jobs = "sum by (job) (litellm_requests_metric_total) > 5"

  static let notations: [Planted] = [
    Planted(
      "rules in flow collections", "client-label-in-alert",
      [File("rules.yml", "groups: [{name: g, rules: [\(rule(clients))]}]\n")],
      fixed: [File("rules.yml", "groups: [{name: g, rules: [\(rule(jobs))]}]\n")]),
    Planted(
      "rules in a list of Kubernetes", "client-label-in-alert",
      [File("all.yaml", list(clients))], fixed: [File("all.yaml", list(jobs))]),
    Planted(
      "rules as Kubernetes answers them", "client-label-in-alert",
      [File("rules.json", answer(clients))], fixed: [File("rules.json", answer(jobs))]),
    Planted(
      "rules of a ConfigMap behind a resource with rules", "client-label-in-alert",
      [File("all.yaml", stream(jobs, clients))], fixed: [File("all.yaml", stream(jobs, jobs))]),
    Planted(
      "a resource with rules before a ConfigMap", "client-label-in-alert",
      [File("all.yaml", stream(clients, jobs))], fixed: [File("all.yaml", stream(jobs, jobs))]),
    Planted(
      "rules of Grafana's operator", "client-label-in-alert",
      [File("grafana.yaml", ofOperator("GrafanaAlertRuleGroup", "{folderRef: f, rules: [\(managed(clients))]}"))],
      fixed: [File("grafana.yaml", ofOperator("GrafanaAlertRuleGroup", "{folderRef: f, rules: [\(managed(jobs))]}"))]),
    Planted(
      "rules as Grafana answers them", "client-label-in-alert",
      [File("rules.json", "[\(managed(clients))]\n")], fixed: [File("rules.json", "[\(managed(jobs))]\n")]),
    Planted(
      "a contact point of Grafana's operator", "client-label-in-annotation",
      [File("grafana.yaml", ofOperator("GrafanaContactPoint", point("{{ .CommonLabels.user_agent }}")))],
      fixed: [File("grafana.yaml", ofOperator("GrafanaContactPoint", point("{{ .CommonLabels.job }}")))]),
    Planted(
      "a template of Grafana's operator", "client-label-in-annotation",
      [File("grafana.yaml", ofOperator("GrafanaNotificationTemplate", template("user_agent")))],
      fixed: [File("grafana.yaml", ofOperator("GrafanaNotificationTemplate", template("job")))]),
    Planted(
      "a contact point of Grafana's operator outside the site", "receiver-outside-site",
      [
        File(
          "grafana.yaml", ofOperator("GrafanaContactPoint", "{type: webhook, settings: {url: 'https://h.example.com'}}")
        )
      ],
      fixed: [
        File("grafana.yaml", ofOperator("GrafanaContactPoint", "{type: webhook, settings: {url: 'http://h:1/'}}"))
      ]),
  ]

  private static func rule(_ expression: String) -> String {
    "{alert: A, expr: '\(expression)', labels: {severity: warning}, annotations: {action: check}}"
  }

  private static func resource(_ expression: String) -> String {
    "{kind: PrometheusRule, spec: {groups: [{name: g, rules: [\(rule(expression))]}]}}"
  }

  private static func list(_ expression: String) -> String {
    "apiVersion: v1\nkind: List\nitems:\n  - {kind: Namespace}\n  - \(resource(expression))\n"
  }

  private static func answer(_ expression: String) -> String {
    #"{"kind": "List", "items": [{"kind": "PrometheusRule", "spec": {"groups": [{"name": "g", "rules": [{"alert": "A", "#
      + #""expr": "\#(expression)", "labels": {"severity": "x"}, "annotations": {"action": "y"}}]}]}}]}"#
  }

  /// A resource with one rule and a ConfigMap with another.
  private static func stream(_ first: String, _ second: String) -> String {
    """
    kind: PrometheusRule
    spec: {groups: [{name: g, rules: [\(rule(first))]}]}
    ---
    kind: ConfigMap
    data:
      rules.yml: |
        groups: [{name: g, rules: [\(rule(second))]}]

    """
  }

  private static func ofOperator(_ kind: String, _ spec: String) -> String {
    "apiVersion: grafana.integreatly.org/v1beta1\nkind: \(kind)\nmetadata: {name: a}\nspec: \(spec)\n"
  }

  private static func managed(_ expression: String) -> String {
    #"{"title": "T", "condition": "A", "data": [{"refId": "A", "datasourceUid": "p", "#
      + #""model": {"refId": "A", "expr": "\#(expression)"}}], "labels": {"severity": "x"}, "annotations": {"action": "y"}}"#
  }

  private static func point(_ text: String) -> String {
    "{receivers: [{type: webhook, settings: {url: 'http://h:1/', message: '\(text)'}}]}"
  }

  private static func template(_ label: String) -> String {
    "{name: t, template: '{{ define \"x\" }}{{ .CommonLabels.\(label) }}{{ end }}'}"
  }
}
