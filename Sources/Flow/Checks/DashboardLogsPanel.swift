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
        if panel.type == "logs", let type = panel.kind {
          return [report(type, "logs panel shows log lines", in: file)]
        }
        return panel.queries.compactMap { finding($0, in: file) }
      } + dashboard.annotations.compactMap { $0.query.flatMap { finding($0, in: file) } }
    }
  }

  private static func finding(_ query: DashboardQuery, in file: CheckedFile) -> ConfigFinding? {
    guard case .logQL(let expression)? = query.parsed, let place = query.expression else { return nil }
    let labels = expression.labels()
    if labels.returnsLines { return report(place, "query returns log lines", in: file) }
    guard let trace = LineFlow.traces(toAnyOf: labels).first else { return nil }
    var finding = report(place, "query shows a label that it cuts out of log lines", in: file)
    finding.flow =
      trace.steps + [FlowStep(["panel"], path: file.path, line: place.value.line, column: place.value.column)]
    return finding
  }

  private static func report(_ place: PlacedValue, _ message: String, in file: CheckedFile) -> ConfigFinding {
    file.finding(
      rule, .exposure, .config, at: (place.pointer, place.value), message,
      remedy: "show numbers: count_over_time or rate, summed by stream labels")
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
