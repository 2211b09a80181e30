import Syntax
import Vocabulary

/// A panel shows a label that a client chooses, or that a rule of Loki cut out of lines: in its legend, or as a column of a table.
///
/// Source: Grafana's Prometheus data source: a legend that is left out or `__auto` names the labels of each series, `{{label}}` one
/// of them; a query with `format: table` shows all, and so do an expression over it, which has no legend, and transformations that make
/// fields of labels.
enum ClientLabelInPanel: ConfigCheck {
  static let rule = "client-label-in-panel"
  static let title = "Panels show closed labels only"
  static let why = """
    A legend, a column of a table, a field's name or an annotation shows the label's values to everyone who opens the dashboard.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.dashboards.flatMap { dashboard in
      var lent = dashboard.lentViews
      return dashboard.panels.flatMap { panel in
        let behind = panel.shownByExpressions
        var view = PanelView(panel)
        if let other = panel.id.flatMap({ lent.removeValue(forKey: $0) }) { view = view.union(other) }
        return panel.queries.compactMap { query -> ConfigFinding? in
          if let refID = query.refID, behind.contains(refID) { return finding(query, shown: nil, in: file, tree) }
          return query.isHidden ? nil : finding(query, shown: view.labels(of: query), in: file, tree)
        }
      }
        + dashboard.annotations.filter(\.isEnabled).compactMap { annotation in
          annotation.query.flatMap { finding($0, shown: annotation.shownLabels, in: file, tree) }
        }
    }
  }

  private static func finding(
    _ query: DashboardQuery, shown: [String]?, in file: CheckedFile, _ tree: CheckedTree
  ) -> ConfigFinding? {
    guard case .promQL(let expression)? = query.parsed, let place = query.expression else { return nil }
    let labels = expression.labels()
    let traces =
      shown.map { names in names.flatMap { tree.series.traces(to: $0, of: labels) } }
      ?? tree.series.traces(toAnyOf: labels)
    guard let trace = Trace.gravest(of: traces) else { return nil }
    // A selector of streams reads like one of series without a metric's name, and an unknown source may be Loki.
    guard query.source.kind == .prometheus || !labels.selectors.contains(where: \.isNameless) else { return nil }
    var finding = file.finding(
      rule, trace.nature.severity, .config, at: (place.pointer, place.value),
      "the panel shows a label \(trace.nature.clause)",
      remedy: "aggregate the query by closed labels, as in sum by (job, instance) (…), and name them in the legend",
      after: trace.steps, arrival: ["panel, label ", .name(trace.arrival)])
    let closed = ClosedQuery(
      tree: tree, open: Set(traces.map(\.arrival)), read: shown ?? [], dialect: .grafana)
    finding.paste = closed.text(for: expression).map { [PasteLine(member: place.key, code: $0)] } ?? []
    return finding
  }

  static let examples = [
    CheckExample(
      .dashboard,
      #"""
      {"panels": [{"type": "timeseries", "targets": [
        {"expr": ↓"rate(litellm_requests_metric_total[5m])", "legendFormat": "{{ user_agent }}"},
        {"expr": ↓"sum by (end_user) (litellm_requests_metric_total{job=\"$job\"})"},
        {"expr": ↓"topk(5, litellm_proxy_total_requests_metric_total)", "format": "table", "legendFormat": "x"}]},
       {"type": "table", "targets": [{"expr": ↓"litellm_requests_metric_total", "legendFormat": "{{job}}"}]},
       {"type": "row", "panels": [{"targets": [{"expr": ↓"vllm:lora_requests_info", "legendFormat": "__auto"}]}]},
       {"fieldConfig": {"defaults": {"displayName": "${__field.labels.end_user}"}},
        "targets": [{"expr": ↓"litellm_requests_metric_total", "legendFormat": "{{job}}"}]}],
       "annotations": {"list": [{"enable": true, "expr": ↓"litellm_requests_metric_total > 5", "titleFormat": "{{end_user}}"}]}}
      """#),
    CheckExample(
      .dashboard,
      #"""
      {"panels": [
        {"type": "timeseries", "targets": [
          {"refId": "A", "hide": true, "expr": ↓"litellm_requests_metric_total", "legendFormat": "{{job}}"},
          {"refId": "B", "hide": true, "datasource": {"type": "__expr__", "uid": "__expr__"}, "type": "reduce", "expression": "A"},
          {"refId": "C", "datasource": {"type": "__expr__", "uid": "__expr__"}, "type": "math", "expression": "${B} * 2"}]},
        {"type": "barchart", "transformations": [{"id": "labelsToFields", "options": {"keepLabels": ["end_user"]}}],
         "targets": [{"expr": ↓"litellm_requests_metric_total", "legendFormat": "{{job}}"}]},
        {"type": "timeseries", "id": 7, "targets": [{"expr": ↓"litellm_requests_metric_total", "legendFormat": "{{job}}"}]},
        {"type": "table", "targets": [{"datasource": {"type": "datasource", "uid": "-- Dashboard --"}, "panelId": 7}]},
        {"type": "table", "datasource": "-- Dashboard --", "targets": [{"panelId": 7}]},
        {"type": "barchart", "transformations": [{"id": "reduce", "options": {"labelsToFields": true}}],
         "targets": [{"expr": ↓"litellm_requests_metric_total", "legendFormat": "{{job}}"}]}]}
      """#),
    CheckExample(
      .dashboard,
      #"""
      {"apiVersion": "dashboard.grafana.app/v2beta1", "kind": "Dashboard", "spec": {"layout": {}, "annotations": [
        {"kind": "AnnotationQuery", "spec": {"enable": true, "legacyOptions": {"titleFormat": "{{end_user}}"}, "query":
          {"kind": "DataQuery", "group": "prometheus", "spec": {"expr": ↓"litellm_requests_metric_total > 5"}}}}],
       "elements": {"panel-1": {"kind": "Panel", "spec": {"id": 1, "data": {"kind": "QueryGroup", "spec": {
        "transformations": [{"kind": "Transformation", "group": "labelsToFields", "spec": {"options": {}}}],
        "queries": [{"kind": "PanelQuery", "spec": {"refId": "A", "hidden": false, "query": {"kind": "DataQuery",
          "group": "prometheus", "spec": {"expr": ↓"litellm_requests_metric_total", "legendFormat": "{{job}}"}}}}]}},
        "vizConfig": {"kind": "VizConfig", "group": "barchart", "spec": {}}}}}}}
      """#),
    CheckExample(
      .dashboard,
      #"""
      {"result": {"uid": "a", "name": "A", "kind": 1, "model": {"type": "timeseries", "targets": [
        {"expr": ↓"rate(litellm_requests_metric_total[5m])", "legendFormat": "{{ user_agent }}"}]}}}
      """#),
  ]

  static let counterExamples = [
    CheckExample(
      .dashboard,
      #"""
      {"panels": [{"targets": [
        {"expr": "sum by (job) (rate(litellm_requests_metric_total[$__rate_interval]))", "legendFormat": "__auto"},
        {"expr": "rate(litellm_requests_metric_total[5m])", "legendFormat": "{{instance}}"},
        {"expr": "litellm_requests_metric_total", "hide": true},
        {"expr": "count(count by (user_agent) (litellm_requests_metric_total))"},
        {"expr": "count_over_time({job=\"litellm\"}[5m])", "legendFormat": "{{user_agent}}"},
        {"expr": "vllm:num_requests_waiting"}]},
       {"type": "stat", "targets": [{"datasource": {"uid": "-- Dashboard --"}, "panelId": 8}, {"panelId": 9}]},
       {"id": 8, "targets": [{"expr": "litellm_requests_metric_total", "legendFormat": "{{job}}"}]},
       {"type": "table", "targets": [{"datasource": "-- Dashboard --", "panelId": 9}]},
       {"id": 9, "targets": [{"expr": "litellm_requests_metric_total", "hide": true}]},
       {"transformations": [
          {"id": "labelsToFields", "options": {"keepLabels": ["job"]}}, {"id": "timeSeriesTable", "disabled": true},
          {"id": "reduce", "options": {"labelsToFields": false}}, {"id": "prepareTimeSeries", "options": {"format": "wide"}}],
        "targets": [
          {"refId": "A", "hide": true, "expr": "litellm_requests_metric_total"},
          {"refId": "B", "expr": "litellm_requests_metric_total", "legendFormat": "{{job}}"},
          {"refId": "C", "datasource": "__expr__", "type": "classic_conditions", "conditions": [{"query": {"params": ["A"]}}]},
          {"refId": "D", "hide": true, "datasource": "__expr__", "type": "math", "expression": "$A + $B"}]}]}
      """#)
  ]
}

extension PromQLLabels.Selector {
  /// Whether nothing in it is about the metric's name.
  fileprivate var isNameless: Bool { selector.name == nil && !selector.matchers.contains { $0.name == "__name__" } }
}
