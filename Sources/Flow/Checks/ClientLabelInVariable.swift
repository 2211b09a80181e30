import Syntax
import Vocabulary

/// A variable of a dashboard lists the values of a label that a client chooses, for everyone who opens it.
///
/// Source: Grafana's Prometheus data source: `label_values(label)`, `label_values(metric, label)`, `query_result(query)`.
enum ClientLabelInVariable: ConfigCheck {
  static let rule = "client-label-in-variable"
  static let title = "Variables of dashboards list closed labels only"
  static let why = """
    The list of a variable shows every value of the label to everyone who opens the dashboard, and its choice goes into addresses.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.dashboards.flatMap(\.variables).compactMap { variable in
      guard let query = variable.asked, let trace = trace(variable, tree) else { return nil }
      var finding = file.finding(
        rule, trace.nature.severity, .config, at: (query.pointer, query.value),
        "the variable lists values of a label \(trace.nature.clause)",
        remedy: "choose by a closed label, such as instance or job, or write the values down", after: trace.steps,
        arrival: ["variable ", .name(variable.name)])
      finding.paste = rewritten(variable, trace, tree).map { [PasteLine(member: query.key, code: $0)] } ?? []
      return finding
    }
  }

  /// Which other label of a metric tells what is to be chosen nobody can know; a query can be rewritten.
  private static func rewritten(_ variable: DashboardVariable, _ trace: Trace, _ tree: CheckedTree) -> String? {
    guard variable.values == .results, case .promQL(let expression)? = variable.query?.parsed else { return nil }
    return ClosedQuery(tree: tree, open: [trace.arrival], dialect: .grafana).text(for: expression).map {
      "query_result(\($0))"
    }
  }

  private static func trace(_ variable: DashboardVariable, _ tree: CheckedTree) -> Trace? {
    var labels: PromQLLabels?
    if case .promQL(let expression)? = variable.query?.parsed { labels = expression.labels() }
    switch variable.values {
    case .labelValues(let label):
      if let labels { return Trace.gravest(of: tree.series.traces(to: label, of: labels)) }
      guard tree.labels.isDistinctlyClients(label) else { return nil }
      return Trace(
        label: label, metric: "", nature: .client, arrival: label,
        steps: [FlowStep(["label ", .name(label), ", which a client chooses"])])
    case .results, .series:
      return labels.flatMap { Trace.gravest(of: tree.series.traces(toAnyOf: $0)) }
    case .labelNames, .metrics, .other, .given: return nil
    }
  }

  static let examples = [
    CheckExample(
      .dashboard,
      #"""
      {"panels": [], "templating": {"list": [
        {"name": "a", "type": "query", "query": ↓"label_values(litellm_requests_metric_total, user_agent)"},
        {"name": "b", "type": "query", "query": {"query": ↓"label_values(end_user)", "refId": "x"}},
        {"name": "c", "type": "query", "query": ↓"query_result(topk(5, litellm_requests_metric_total))"},
        {"name": "d", "type": "query", "query": ↓"label_values({job=\"l\"}, prompt)"},
        {"name": "e", "type": "query", "query": ↓{"label": "prompt", "stream": "{job=\"l\"}", "type": 1}}]}}
      """#),
    CheckExample(
      .dashboard,
      #"""
      {"apiVersion": "dashboard.grafana.app/v2beta1", "kind": "Dashboard", "spec": {"elements": {}, "variables": [
        {"kind": "QueryVariable", "spec": {"name": "a", "query": {"kind": "DataQuery", "group": "prometheus", "spec":
          {"__legacyStringValue": ↓"label_values(litellm_requests_metric_total, user_agent)"}}}}],
       "layout": {"kind": "TabsLayout", "spec": {"tabs": [{"kind": "TabsLayoutTab", "spec": {"variables": [
        {"kind": "QueryVariable", "spec": {"name": "b", "query": {"kind": "DataQuery", "group": "prometheus", "spec":
          {"query": ↓"label_values(end_user)", "refId": "x"}}}}]}}]}}}}
      """#),
  ]

  static let counterExamples = [
    CheckExample(
      .dashboard,
      #"""
      {"panels": [], "templating": {"list": [
        {"name": "a", "type": "query", "query": "label_values(up{job=\"vllm\"}, instance)"},
        {"name": "b", "type": "query", "query": {"query": "label_values(job)"}},
        {"name": "c", "type": "query", "query": "query_result(sum by (job) (litellm_requests_metric_total))"},
        {"name": "d", "type": "query", "query": "metrics(litellm_.*)"},
        {"name": "e", "type": "custom", "query": "user_agent,end_user"}]}}
      """#)
  ]
}
