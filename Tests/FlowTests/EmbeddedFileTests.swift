import Foundation
import Testing

@testable import Flow

/// Files that stand in Kubernetes' manifests are checked like any others, and their findings stand where a person can look.
@Suite struct EmbeddedFileTests {
  private static func findings(_ files: KeyValuePairs<String, String>, rule: String? = nil) -> [ConfigFinding] {
    ConfigChecks.check(configFiles(files), facts).filter { rule == nil || $0.rule == rule }
  }

  private static func places(_ findings: [ConfigFinding]) -> [String] {
    findings.map { "\($0.path):\($0.line ?? 0):\($0.column ?? 0) \($0.rule) \($0.pointer ?? "")" }
  }

  private static let rules = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: rules}
    data:
      mode: strict
      vllm/alerts.yml: |
        groups:
          - name: g
            rules:
              - alert: Gone
                expr: rate(litellm_requests_metric_total[5m]) > 1
                labels: {severity: warning}
                annotations: {action: look}

    """

  /// As programs write dashboards.
  @Test func filesOfOneLineAreRead() {
    let dashboard =
      #"{"title": "T", "schemaVersion": 39, "panels": [{"type": "logs", "datasource": "Loki", "targets": [{"expr": "{job=\"vllm\"}"}]}]}"#
    let map = "kind: ConfigMap\ndata:\n  mode: strict\n  llm.json: '\(dashboard)'\n"
    let resource = "kind: GrafanaDashboard\nspec:\n  json: '\(dashboard)'\n"
    for text in [map, resource] {
      #expect(Self.findings(["m.yaml": text], rule: "dashboard-logs-panel").map(\.line) == [text == map ? 4 : 3])
    }
  }

  @Test func aFindingStandsWhereTheTextStands() {
    #expect(
      Self.places(Self.findings(["m/rules.yaml": Self.rules])) == [
        "m/rules.yaml:11:19 client-label-in-alert /data/vllm~1alerts.yml/groups/0/rules/0/expr"
      ])
    let list = "kind: ConfigMapList\nitems:\n- " + Self.rules.replacing("\n", with: "\n  ")
    #expect(
      Self.places(Self.findings(["m/list.yaml": list])) == [
        "m/list.yaml:13:21 client-label-in-alert /items/0/data/vllm~1alerts.yml/groups/0/rules/0/expr"
      ])
  }

  @Test func whatIsEscapedOrEncodedStandsAtItsBeginning() throws {
    let prometheus = "global:\n  query_log_file: /q.log\n"
    let json = try JSONSerialization.data(
      withJSONObject: ["kind": "ConfigMap", "data": ["prometheus.yml": prometheus + "scrape_configs: []\n"]])
    #expect(
      Self.places(Self.findings(["a.json": String(decoding: json, as: UTF8.self)], rule: "prometheus-query-log"))
        .map { $0.replacing(#/:1:\d+/#, with: ":1") } == [
          "a.json:1 prometheus-query-log /data/prometheus.yml/global/query_log_file"
        ])
    let coded = Data((prometheus + "scrape_configs: []\n").utf8).base64EncodedString()
    #expect(
      Self.places(Self.findings(["s.yaml": "kind: Secret\ndata:\n  p.yml: \(coded)\n"], rule: "prometheus-query-log"))
        == ["s.yaml:3:10 prometheus-query-log /data/p.yml/global/query_log_file"])
  }

  @Test func filesOfManifestsAreOneTreeWithTheOthers() throws {
    let routes = """
      kind: Secret
      stringData:
        alertmanager.yaml: |
          route: {receiver: chat}
          receivers:
            - name: chat
              slack_configs: [{api_url: 'http://bridge:1/'}]

      """
    let findings = Self.findings(["rules.yaml": Self.rules, "routes.yaml": routes], rule: "client-label-in-alert")
    let last = try #require(findings.first?.flow.last)
    #expect(last.path == "routes.yaml")
    #expect([last.line, last.column] == [6, 9])
  }

  @Test func whatElseAStreamHoldsHidesNoFile() {
    let resource = "kind: PrometheusRule\nspec:\n  groups: []\n---\n"
    let contact = "kind: GrafanaContactPoint\nspec:\n  type: webhook\n---\n"
    for before in [resource, contact] {
      #expect(
        Self.places(Self.findings(["m/rules.yaml": before + Self.rules])) == [
          "m/rules.yaml:15:19 client-label-in-alert /data/vllm~1alerts.yml/groups/0/rules/0/expr"
        ])
    }
    #expect(Self.findings(["m/rules.yaml": Self.rules + "---\n" + resource]).map(\.line) == [11])
  }

  @Test func textsOfOneNameInAStreamStandEachInItsPlace() {
    #expect(Self.findings(["m/rules.yaml": Self.rules + "---\n" + Self.rules]).map(\.line) == [11, 25])
  }

  @Test func onlyManifestsHoldFiles() {
    #expect(Self.findings(["a.yaml": Self.rules.replacing("ConfigMap", with: "Other # ConfigMap")]).isEmpty)
    #expect(Self.findings(["a.yaml": Self.rules.replacing("kind:", with: "sort:")]).isEmpty)
  }
}
