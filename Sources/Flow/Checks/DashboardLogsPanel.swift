import Syntax
import Vocabulary

/// A panel shows log lines: whatever text gets into a log is then on a screen.
enum DashboardLogsPanel: ConfigCheck {
  static let rule = "dashboard-logs-panel"

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    guard file.role == .dashboard else { return [] }
    return file.documents.flatMap { document in
      var findings: [ConfigFinding] = []
      // The logs panel that the walk is in: its queries are not reported again.
      var panel = "none"
      document.walk { pointer, value, isKey in
        guard !isKey, value.mapping != nil, !pointer.hasPrefix("\(panel)/") else { return }
        if let type = value["type"], type.string == "logs", value["gridPos"] != nil || value["targets"] != nil {
          panel = pointer
          findings.append(report("\(pointer)/type", type, "logs panel shows log lines", in: file))
        } else if let expression = value["expr"], showsLines(expression.string ?? "", of: value) {
          findings.append(report("\(pointer)/expr", expression, "query returns log lines", in: file))
        }
      }
      return findings
    }
  }

  private static func report(
    _ pointer: String, _ value: PositionedValue, _ message: String, in file: CheckedFile
  ) -> ConfigFinding {
    file.finding(
      rule, .exposure, .config, at: (pointer, value), message,
      remedy: "show numbers: count_over_time or rate, summed by stream labels")
  }

  /// Whether a query gives lines. A selector by itself is PromQL too: without a pipeline the data source decides.
  private static func showsLines(_ query: String, of target: PositionedValue) -> Bool {
    let isLoki = target["datasource"]?["type"]?.string == "loki"
    if !isLoki, (try? PromQLExpression.parse(query, options: .grafana)) != nil { return false }
    return (try? LogQLExpression.parse(query, options: .grafana))?.labels().returnsLines == true
  }

  static let examples = [
    CheckExample(
      .dashboard, #"{"panels": [{"type": ↓"logs", "gridPos": {}, "targets": [{"expr": "{a=\"b\"} | json"}]}]}"#),
    CheckExample(
      .dashboard, #"{"panels": [{"type": "table", "targets": [{"expr": ↓"{job=\"vllm\"} |= \"error\""}]}]}"#),
    CheckExample(
      .dashboard,
      #"{"panels": [{"panels": [{"targets": [{"datasource": {"type": "loki"}, "expr": ↓" {job=\"vllm\"}"}]}]}]}"#),
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
