import Syntax
import Vocabulary

/// An alert carries a label that a client chooses: Alertmanager stores it, and every receiver gets it, whatever the annotations print.
enum ClientLabelInAlert: ConfigCheck {
  static let rule = "client-label-in-alert"
  static let title = "Alerts carry no label that a client chooses"
  static let why = """
    Alertmanager stores an alert with all its labels, and every receiver gets them: a webhook all of them, a mail by its default template too. What a client wrote into a label is then read by people and systems outside, whatever the annotations print.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.rules.filter(\.isAlert).compactMap { rule in
      let alert = AlertFlow(rule, in: file, of: tree)
      let sent = alert.tracesToAny().filter { $0.nature != .line && alert.isSent($0.arrival) }
      let clients = sent.filter(\.nature.isForeign)
      let traces = clients.isEmpty ? sent : clients
      guard let first = traces.first, let place = rule.carriedQueries.first else { return nil }
      var finding = file.finding(
        self.rule, first.nature.severity, .alert, at: (place.pointer, place.value),
        traces.count == 1
          ? "the alert carries a label \(first.nature.clause) to everyone who is notified"
          : clients.isEmpty
            ? "the alert carries \(traces.count) labels that no contract states to everyone who is notified"
            : "the alert carries \(traces.count) labels that clients choose to everyone who is notified",
        remedy:
          "aggregate the expression by closed labels, as in sum by (job, instance) (…), or drop the labels on the way")
      let labels = Set(traces.map(\.arrival))
      finding.flow = first.steps + [alert.step] + alert.receivers(of: first.arrival)
      finding.paste = alert.closedExpression(except: labels) ?? dropping(labels, tree)
      return finding
    }
  }

  /// What takes labels from alerts on their way to Alertmanager, behind the rules that stand there.
  private static func dropping(_ labels: Set<String>, _ tree: CheckedTree) -> [PasteLine] {
    let hasRules = tree.prometheus.contains { !$0.alertRelabelling.allSatisfy(\.isEmpty) }
    return LabelDrop.lines(for: labels, indent: 4, behindOthers: hasRules).map {
      ["# prometheus.yml", "alerting:", "  alert_relabel_configs:"] + $0
    } ?? []
  }

  static let examples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - record: gateway:failures:rate5m
              expr: rate(litellm_proxy_failed_requests_metric_total[5m])
            - alert: Raw
              expr: ↓litellm_llm_api_failed_requests_metric_total > 0
            - alert: Without
              expr: ↓sum without (instance) (rate(litellm_proxy_total_requests_metric_total[5m])) > 5
            - alert: By
              expr: ↓sum by (requested_model) (rate(litellm_proxy_total_requests_metric_total[5m])) > 5
            - alert: Joined
              expr: ↓|
                up * on (instance) group_left (user_agent) litellm_proxy_total_requests_metric_total == 0
            - alert: Recorded
              expr: ↓gateway:failures:rate5m > 0.05
            - alert: Renamed
              expr: ↓sum by (who) (label_replace(litellm_requests_metric_total, "who", "$1", "end_user", "(.*)")) > 9
            - alert: Adapters
              expr: ↓max by (running_lora_adapters) (vllm:lora_requests_info) > 0
            - alert: Prompted
              expr: ↓sum by (prompt) (rate(gateway_requests_total[5m])) > 0
      """),
    CheckExample(
      .rules,
      "groups: [{name: g, rules: [{alert: A, expr: ↓'rate(litellm_requests_metric_total[5m]) > 1'}]}]\n",
      beside: [
        ConfigFile(
          path: "prometheus.yml", role: .prometheusConfig,
          bytes: Array(
            "scrape_configs: [{job_name: litellm, metric_relabel_configs: [{action: labeldrop, regex: user_agent}]}]\n"
              .utf8))
      ]),
  ]

  static let counterExamples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          labels: {user_agent: none, end_user: none}
          rules:
            - {alert: Set, expr: 'sum by (user_agent, end_user) (litellm_proxy_total_requests_metric_total)', labels: {team: a}}
            - alert: Kept
              expr: sum by (requested_model) (litellm_proxy_total_requests_metric_total)
              labels: {severity: none}
            - {alert: Dropped, expr: sum by (route) (litellm_proxy_total_requests_metric_total)}
      """,
      beside: [
        ConfigFile(
          path: "prometheus.yml", role: .prometheusConfig,
          bytes: Array(
            """
            alerting:
              alert_relabel_configs: [{source_labels: [severity], regex: none, action: drop}]
              alertmanagers:
                - static_configs: [{targets: ['a:9093']}]
                  alert_relabel_configs: [{regex: route, action: labeldrop}]
            """.utf8))
      ]),
    CheckExample(
      .rules,
      """
      groups:
        - name: of Loki
          rules:
            - {alert: Lines, expr: 'rate({job="gateway"}[5m]) > 5'}
            - {alert: Errors, expr: 'sum(rate({job="gateway"} |= "error" [5m])) > 5'}
      """),
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - record: gateway:failures:rate5m
              expr: sum by (job) (rate(litellm_proxy_failed_requests_metric_total[5m]))
            - alert: Summed
              expr: sum by (job, instance) (rate(litellm_proxy_failed_requests_metric_total[5m])) > 0.05
            - alert: Recorded
              expr: gateway:failures:rate5m > 0.05
            - alert: Counted
              expr: count(count by (user_agent) (litellm_proxy_total_requests_metric_total)) > 50
            - alert: Queue
              expr: vllm:num_requests_waiting > 10
            - alert: Up
              expr: up{job="litellm"} == 0
            - alert: Matched
              expr: sum by (model) (litellm_requests_metric_total{model="carcara-chat"}) > 9
      """),
    CheckExample(
      .rules,
      "groups: [{name: g, rules: [{alert: A, expr: 'sum by (model) (rate(litellm_requests_metric_total[5m])) > 1'}]}]\n",
      beside: [
        ConfigFile(
          path: "prometheus.yml", role: .prometheusConfig,
          bytes: Array(
            """
            scrape_configs:
              - job_name: litellm
                metric_relabel_configs: [{source_labels: [model], regex: 'carcara-.*|', action: keep}]
            """.utf8))
      ]),
  ]
}
