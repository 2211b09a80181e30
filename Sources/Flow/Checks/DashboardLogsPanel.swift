import Syntax
import Vocabulary

/// A panel shows log lines: whatever text gets into a log is then on a screen.
enum DashboardLogsPanel: ConfigCheck {
  static let rule = "dashboard-logs-panel"
  static let title = "Dashboards show numbers, not log lines"
  static let why = """
    Whatever text gets into a log is then on a screen.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.dashboards.flatMap { dashboard in
      dashboard.panels.flatMap { panel -> [ConfigFinding] in
        if linePanels.contains(panel.type), let type = panel.kind {
          var finding = report(type, "logs panel shows log lines", in: file)
          let queries = panel.queries.compactMap(counting)
          if queries.count == panel.queries.count {
            finding.paste = [PasteLine(member: type.key, code: "timeseries")] + queries
          }
          return [finding]
        }
        return panel.queries.compactMap { finding($0, in: file) }
      } + dashboard.annotations.compactMap { $0.query.flatMap { finding($0, in: file) } }
    }
  }

  /// Panels that show lines, whoever answers.
  ///
  /// Source: grafana/grafana public/app/plugins/panel (`logs`, `logstable`).
  private static let linePanels: Set<String> = ["logs", "logstable"]

  private static func finding(_ query: DashboardQuery, in file: CheckedFile) -> ConfigFinding? {
    guard case .logQL(let expression)? = query.parsed, let place = query.expression else { return nil }
    let labels = expression.labels()
    let trace = LineFlow.traces(toAnyOf: labels).first
    var finding: ConfigFinding
    if labels.returnsLines {
      finding = report(place, "query returns log lines", in: file)
    } else if let trace {
      finding = file.finding(
        rule, .exposure, .config, at: (place.pointer, place.value),
        "query shows a label that it cuts out of log lines", remedy: remedy, after: trace.steps, arrival: ["panel"])
    } else {
      return nil
    }
    finding.paste = counting(query).map { [$0] } ?? []
    return finding
  }

  private static let remedy = "show numbers: count_over_time or rate, summed by stream labels"

  private static func report(_ place: PlacedValue, _ message: String, in file: CheckedFile) -> ConfigFinding {
    file.finding(rule, .exposure, .config, at: (place.pointer, place.value), message, remedy: remedy)
  }

  /// The query that counts lines by stream in place of one that shows them.
  private static func counting(_ query: DashboardQuery) -> PasteLine? {
    guard let place = query.expression, let text = place.text,
      let expression = try? LogQLExpression.parse(text, options: .grafana)
    else { return nil }
    return ClosedLogQuery(options: .grafana).text(for: expression).map { PasteLine(member: place.key, code: $0) }
  }

  static let examples = [
    CheckExample(
      .dashboard, #"{"panels": [{"type": ↓"logs", "gridPos": {}, "targets": [{"expr": "{a=\"b\"} | json"}]}]}"#),
    CheckExample(
      .dashboard,
      #"""
      {"spec": {"layout": {}, "elements": {
        "a": {"kind": "Panel", "spec": {"vizConfig": {"kind": "VizConfig", "group": ↓"logs"}}},
        "b": {"kind": "Panel", "spec": {"vizConfig": {"kind": "table"}, "data": {"kind": "QueryGroup", "spec": {"queries": [
          {"kind": "PanelQuery", "spec": {"query": {"kind": "loki", "spec": {"expr": ↓"{job=\"vllm\"}"}}}}]}}}}}}}
      """#),
    CheckExample(
      .dashboard, #"{"panels": [{"type": "table", "targets": [{"expr": ↓"{job=\"vllm\"} |= \"error\""}]}]}"#),
    CheckExample(
      .dashboard,
      #"""
      {"panels": [
        {"type": "row", "panels": [
          {"targets": [{"datasource": {"type": "loki"}, "expr": ↓" {job=\"vllm\"}"}]}]},
        {"type": ↓"logstable", "targets": [{"expr": "{a=\"b\"} | json"}]},
        {"type": "table", "datasource": {"type": "loki"},
         "targets": [{"expr": ↓"sum by (msg) (rate({job=\"vllm\"} | logfmt [5m]))"}]}]}
      """#),
  ]

  static let counterExamples = [
    CheckExample(
      .dashboard,
      #"""
      {"panels": [{"type": "timeseries", "targets": [
        {"datasource": {"type": "loki"}, "expr": "sum by (job) (count_over_time({job=\"vllm\"} |= \"error\" [5m]))"},
        {"datasource": {"type": "prometheus"}, "expr": "{__name__=\"up\", job=~\"a|b\"}"}]}]}
      """#)
  ]
}
