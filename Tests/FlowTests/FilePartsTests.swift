import Testing

@testable import Flow

/// A stream or a list of Kubernetes may hold resources for several programs, and each is checked as what it is.
@Suite struct FilePartsTests {
  private static let rule =
    "{apiVersion: m/v1, kind: PrometheusRule, spec: {groups: [{name: g, rules: [{alert: A, "
    + "expr: 'rate(litellm_requests_metric_total[5m]) > 1', labels: {severity: x}, annotations: {action: y}}]}]}}"
  private static let point =
    "{apiVersion: g/v1, kind: GrafanaContactPoint, metadata: {name: a}, spec: {type: webhook, "
    + "settings: {url: 'https://h.example.com/'}}}"
  private static let source =
    "{apiVersion: g/v1, kind: GrafanaDatasource, spec: {datasource: {type: loki, url: 'https://l.example.com/'}}}"
  private static let program =
    "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: g, image: grafana/grafana, "
    + "env: [{name: GF_AUTH_ANONYMOUS_ENABLED, value: 'true'}]}]}}}}"
  private static let all = [rule, point, source, program]
  private static let rules = [
    "client-label-in-alert", "grafana-anonymous", "receiver-outside-site", "telemetry-outside-site",
  ]

  private static func found(_ text: String) -> [String] {
    ConfigChecks.check(configFiles(["all.yaml": text]), facts).map { "\($0.rule) \($0.line ?? 0)" }.sorted()
  }

  @Test func eachDocumentOfAStreamCountsOnceWhereverItStands() {
    for turn in Self.all.indices {
      let order = Self.all[turn...] + Self.all[..<turn]
      let text = order.joined(separator: "\n---\n") + "\n"
      let lines = [0, 3, 1, 2].map { 1 + 2 * ((($0 - turn) + 4) % 4) }
      #expect(Self.found(text) == zip(Self.rules, lines).map { "\($0) \($1)" })
    }
  }

  @Test func eachItemOfAListCountsOnce() {
    let list = "kind: List\nitems:\n" + Self.all.map { "- \($0)\n" }.joined()
    #expect(Self.found(list) == zip(Self.rules, [3, 6, 4, 5]).map { "\($0) \($1)" })
  }

  @Test func rulesBehindAVeryLongDocumentAreFound() {
    let map = "kind: ConfigMap\ndata:\n" + (0..<8000).map { "  k\($0): some value of no matter, \($0)\n" }.joined()
    #expect(map.utf8.count > 256 << 10)
    #expect(Self.found("\(map)---\n\(Self.rule)\n") == ["client-label-in-alert 8004"])
  }
}
