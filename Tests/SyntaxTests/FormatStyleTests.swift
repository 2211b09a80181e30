import Testing

@testable import Syntax

/// A configuration is what it is, however its author writes it down: in flow collections, as JSON, in Kubernetes' lists.
@Suite struct FormatStyleTests {
  private func format(_ text: String, _ path: String? = nil) -> Format {
    text.bytes.withUnsafeBytes { Format.recognise(path: path, bytes: $0) }
  }

  @Test(
    arguments: [
      ("groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]\n", .prometheusRules),
      ("groups:\n- {name: g, rules: [{alert: A, expr: 'a, {b: c}'}]}\n", .prometheusRules),
      ("groups: [\n  {name: g,\n   rules: [{record: a, expr: b}]}]\n", .prometheusRules),
      ("groups: &all [{name: g, rules: []}]\n", .prometheusRules),
      ("groups: !!seq\n- !!map {\"name\": g, \"rules\": []}\n", .prometheusRules),
      ("{groups: [{name: g, rules: []}]}\n", .prometheusRules),
      ("# Ours.\n---\n{\n  # The first one.\n  \"groups\": [{\"name\": \"g\", \"rules\": []}]\n}\n", .prometheusRules),
      ("\u{FEFF}groups:\n- name: g\n  rules: []\n", .prometheusRules),
      ("groups: [{name: g, labels: {a: 'rules: x'}}] # rules: no\n", .text),
      ("groups: [{name: \"it's, rules: y\"}, don't, {x: 1}]\n", .text),
      ("apiVersion: 1\ngroups: [{orgId: 1, folder: f, rules: [{title: A}]}]\n", .grafanaProvisioning),
      ("{apiVersion: 1, contactPoints: []}\n", .grafanaProvisioning),
      ("{\"apiVersion\": 1, \"contactPoints\": []}\n", .grafanaProvisioning),
      ("{global: {}, scrape_configs: [{job_name: vllm}]}\n", .prometheusConfig),
      ("{clients: [{url: x}], scrape_configs: []}\n", .promtailConfig),
      ("{\"clients\": [{\"url\": \"x\"}], \"scrape_configs\": []}\n", .promtailConfig),
      ("{route: {receiver: r}, receivers: [{name: r}]}\n", .alertmanagerConfig),
      ("{\"route\": {\"receiver\": \"r\"}, \"receivers\": [{\"name\": \"r\"}]}\n", .alertmanagerConfig),
      ("{auth_enabled: false, schema_config: {}}\n", .lokiConfig),
      ("{model_list: [{model_name: m}]}\n", .litellmConfig),
      ("{apiVersion: dashboard.grafana.app/v2, kind: Dashboard, spec: {}}\n", .grafanaDashboard),
      ("{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, spec: {groups: []}}\n", .prometheusRuleResource),
      ("[2026-01-01 10:00:00] {groups: [{rules: x}]}\n[2026-01-01 10:00:01] y\n", .log),
    ] as [(String, Format)])
  func whatStandsInFlowCollections(text: String, format: Format) {
    #expect(self.format(text) == format)
  }

  @Test(
    arguments: [
      ("kind: List\nitems:\n- apiVersion: a\n  kind: PrometheusRule\n", .prometheusRuleResource),
      ("items:\n  - metadata: {}\n    kind: PrometheusRule\nkind: List\n", .prometheusRuleResource),
      ("kind: List\nitems:\n- {apiVersion: a, kind: PrometheusRule}\n", .prometheusRuleResource),
      ("kind: List\nitems: [{apiVersion: a, kind: RecordingRule}]\n", .prometheusRuleResource),
      ("{kind: List, items: [{kind: AlertingRule}]}\n", .prometheusRuleResource),
      ("kind: PrometheusRuleList\nitems:\n- metadata: {}\n", .prometheusRuleResource),
      ("\"kind\": \"PrometheusRule\" # ours\nspec: {}\n", .prometheusRuleResource),
      ("{\"kind\": \"PrometheusRuleList\", \"items\": [{\"spec\": {}}]}\n", .prometheusRuleResource),
      (
        "{\"items\": [{\"kind\": \"ConfigMap\"}, {\"kind\": \"PrometheusRule\"}], \"kind\": \"List\"}\n",
        .prometheusRuleResource
      ),
      ("kind: ConfigMap\ndata: {}\n---\nkind: PrometheusRule\nspec: {}\n", .prometheusRuleResource),
      ("kind: List\nitems:\n- kind: GrafanaContactPoint\n", .grafanaProvisioning),
      ("kind: GrafanaAlertRuleGroup\nspec: {}\n---\nkind: GrafanaNotificationPolicy\nspec: {}\n", .grafanaProvisioning),
      ("kind: GrafanaDatasource\nspec: {}\n", .grafanaProvisioning),
      ("{\"kind\": \"GrafanaNotificationTemplate\", \"spec\": {}}\n", .grafanaProvisioning),
      (
        "[{\"title\": \"A\", \"condition\": \"B\", \"data\": [{\"refId\": \"A\", \"model\": {}}]}]\n",
        .grafanaProvisioning
      ),
      (
        "{\"title\": \"A\", \"condition\": \"B\", \"data\": [{\"refId\": \"A\", \"model\": {}}]}\n",
        .grafanaProvisioning
      ),
      ("{\"folderUid\": \"f\", \"rules\": [{\"condition\": \"B\", \"data\": []}]}\n", .grafanaProvisioning),
      ("[{\"title\": \"A\", \"condition\": \"B\", \"data\": [{\"id\": 1}]}]\n", .json),
      ("{\"kind\": \"Backup\", \"items\": [{\"kind\": \"PrometheusRule\"}]}\n", .json),
      ("kind: Backup\nitems:\n- kind: PrometheusRule\n", .yaml),
      ("kind: List\nitems:\n- owners:\n  - kind: PrometheusRule\n", .yaml),
      ("kind: List\nitems:\n- {owner: {kind: PrometheusRule}}\n", .yaml),
      ("kind: List\nitems: []\nowners:\n- kind: PrometheusRule\n", .yaml),
      ("kind: List\nitems:\n- kind: ConfigMap\n  data:\n    a.yml: |\n      kind: PrometheusRule\n", .yaml),
      ("kind: ConfigMap\ndata:\n  a.yml: |\n    groups:\n    - name: g\n      rules: []\n", .yaml),
      ("kind: ConfigMap\ndata: {a.yml: 'groups: [{name: g, rules: []}]'}\n", .yaml),
    ] as [(String, Format)])
  func whatKubernetesAndGrafanaGive(text: String, format: Format) {
    #expect(self.format(text, format == .yaml ? "a.yaml" : nil) == format)
  }

  @Test func whatIsNoJSONMayBeYAMLWithComments() {
    let text = "{\"groups\": [{\"name\": \"g\", \"interval\": \"1m\", \"limit\": 1, # few\n  \"rules\": []}]}\n"
    #expect(format(text, "a.yml") == .prometheusRules)
    #expect(format(text, "a.json") == .json)
  }
}
