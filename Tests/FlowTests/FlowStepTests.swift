import Syntax
import Testing
import Vocabulary

@testable import Flow

/// The way that a finding tells, from the source to who is told.
@Suite struct FlowStepTests {
  private static let rules = """
    groups:
      - name: g
        rules:
          - record: gateway:failures:rate5m
            expr: rate(litellm_proxy_failed_requests_metric_total[5m])
          - alert: ErrorRateHigh
            expr: sum by (job, user_agent) (gateway:failures:rate5m) > 0.05
            labels: {severity: warning}
            annotations: {action: check, description: '{{ $labels }}'}

    """
  private static let routes = """
    route:
      receiver: ops
      routes:
        - {matchers: ['severity=~"warn.*"'], receiver: chat, continue: true}
        - {match: {severity: warning}, receiver: mail}
        - {matchers: [severity="critical"], receiver: duty}
    receivers:
      - {name: ops, webhook_configs: [{url: 'http://a:1/'}]}
      - {name: chat, slack_configs: [{api_url: 'http://a:2/'}]}
      - {name: mail}
      - {name: duty}

    """

  private static func flow(_ rule: String, prometheus: String = "") -> [String] {
    let files = configFiles(["rules.yml": rules, "alertmanager.yml": routes, "prometheus.yml": prometheus])
    return ConfigChecks.check(files, facts).first { $0.rule == rule }?.way ?? []
  }

  private static let source =
    "label user_agent of litellm_proxy_failed_requests_metric_total of LiteLLM proxy, which a client chooses"

  @Test func whatIsNotKnownToBeAClientsHasNoWay() {
    let rules = Self.rules.replacing("litellm_proxy_failed_requests_metric_total", with: "some_requests_total")
    let file = ConfigFile(
      path: "rules.yml", role: .rules,
      bytes: Array(rules.replacing("sum by (job, user_agent) (gateway:failures:rate5m)", with: "some_total").utf8))
    let found = ConfigChecks.check(file, facts).filter { $0.rule == "client-label-in-annotation" }
    #expect(found.map(\.severity) == [.hygiene])
    #expect(found.map(\.flow) == [[]])
  }

  @Test func anAlertGoesToTheReceiversOfItsRoutes() {
    #expect(
      Self.flow("client-label-in-alert") == [
        Self.source, "recording rule gateway:failures:rate5m rules.yml:4",
        "alert ErrorRateHigh, whose expression lets it through rules.yml:7", "receiver chat (slack) alertmanager.yml:9",
        "receiver mail alertmanager.yml:10",
      ])
  }

  /// A text that calls a template of another file tells which action of that file prints the label.
  @Test func theWayNamesTheTemplateThatPrints() {
    let files = configFiles([
      "alertmanager.yml": """
      route: {receiver: mail}
      receivers:
        - name: mail
          email_configs: [{to: a@site, smarthost: 'mail:25', html: '{{ template "one" .CommonLabels }}'}]
      templates: ['lib/*.tmpl']

      """,
      "lib/one.tmpl": "{{ define \"one\" }}\n  caller {{ index . \"user_agent\" }}\n{{ end }}\n",
    ])
    let finding = ConfigChecks.check(files, facts).first { $0.rule == "client-label-in-annotation" }
    #expect(
      finding?.way == [
        "label user_agent, which a client chooses", "printed by a template lib/one.tmpl:2",
        "text of a receiver alertmanager.yml:4",
      ])
  }

  /// The way says of a receiver that it is somebody else's, whatever `global` says of another.
  @Test func aReceiverOutsideTheSiteIsNamedSo() {
    let routes = """
      global: {slack_api_url: 'http://mattermost:8065/x'}
      route:
        receiver: c
        routes: [{receiver: b, continue: true, matchers: ['"severity"=warning']}, {receiver: a}]
      receivers:
        - {name: a, pagerduty_configs: [{routing_key_file: /run/k}]}
        - {name: b, slack_configs: [{channel: c}]}
        - {name: c}

      """
    let files = configFiles(["rules.yml": Self.rules, "alertmanager.yml": routes])
    let finding = ConfigChecks.check(files, facts).first { $0.rule == "client-label-in-alert" }
    #expect(
      finding?.way.suffix(2) == [
        "receiver b (slack) alertmanager.yml:7", "receiver a (pagerduty), outside the site alertmanager.yml:6",
      ])
  }

  /// Annotations are made before alerts are relabelled: the label is gone then, its text is not.
  @Test func aTextGoesOnWhereTheLabelIsDropped() {
    let prometheus = """
      scrape_configs: [{job_name: litellm}]
      alerting: {alert_relabel_configs: [{action: labeldrop, regex: user_agent}]}

      """
    #expect(Self.flow("client-label-in-alert", prometheus: prometheus).isEmpty)
    #expect(
      Self.flow("client-label-in-annotation", prometheus: prometheus) == [
        Self.source, "recording rule gateway:failures:rate5m rules.yml:4",
        "alert ErrorRateHigh, whose expression lets it through rules.yml:7",
        "text of the alert description rules.yml:9",
        "receiver chat (slack) alertmanager.yml:9", "receiver mail alertmanager.yml:10",
      ])
  }

  /// Grafana's policies take the alerts of Grafana's rules; its contact points stand in a file of their own.
  @Test func aRuleOfGrafanaGoesToItsContactPoints() {
    let rules = """
      apiVersion: 1
      groups:
        - name: g
          folder: f
          rules:
            - title: Many
              data: [{refId: A, model: {expr: litellm_proxy_total_requests_metric_total}}]
              labels: {severity: warning}

      """
    let policies = """
      apiVersion: 1
      policies:
        - receiver: all
          routes:
            - {receiver: chat, object_matchers: [[severity, '=', warning]]}

      """
    let points = """
      apiVersion: 1
      contactPoints:
        - {name: all, receivers: [{type: email, settings: {}}]}
        - {name: chat, receivers: [{type: slack, settings: {}}]}

      """
    let found = ConfigChecks.check(
      configFiles(["rules.yaml": rules, "policies.yaml": policies, "points.yaml": points, "am.yml": Self.routes]), facts
    )
    let flow = found.first { $0.rule == "client-label-in-alert" }?.flow ?? []
    #expect(flow.last?.path == "points.yaml" && flow.last?.line == 4 && flow.count == 3)
  }

  /// Rules that each read the one before three times, and themselves: found once each, or this would not end.
  @Test func manyWaysThroughRecordingRulesEnd() {
    var rules = "groups:\n- name: g\n  rules:\n"
    var before = "litellm_proxy_failed_requests_metric_total"
    for index in 0..<40 {
      rules += "  - {record: r\(index), expr: \(before) or \(before) offset 1m or \(before) offset 2m or r\(index)}\n"
      before = "r\(index)"
    }
    rules += "  - {alert: A, expr: \(before) > 5, annotations: {d: '{{ $labels.user_agent }} {{ $labels }}'}}\n"
    let file = ConfigFile(path: "rules.yml", role: .rules, bytes: Array(rules.utf8))
    let found = ConfigChecks.check(file, facts)
    #expect(found.first { $0.rule == "client-label-in-alert" }?.flow.count == 42)
    #expect(found.contains { $0.rule == "client-label-in-annotation" && $0.severity == .exposure })
  }
}
