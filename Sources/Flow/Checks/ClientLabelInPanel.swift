import Syntax
import Vocabulary

/// A panel shows a label that a client chooses: in its legend, or as a column of a table.
///
/// Source: Grafana's Prometheus data source: a legend that is left out or `__auto` names the labels of each series, `{{label}}` one
/// of them; a query with `format: table` shows all.
enum ClientLabelInPanel: ConfigCheck {
  static let rule = "client-label-in-panel"

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    guard file.role == .dashboard else { return [] }
    return file.documents.flatMap { document in
      var findings: [ConfigFinding] = []
      document.walk { pointer, value, isKey in
        guard !isKey, let query = value["expr"], let text = query.string, value["hide"]?.bool != true,
          let expression = try? PromQLExpression.parse(text, options: .grafana)
        else { return }
        let labels = expression.labels()
        // A selector of streams reads like one of series without a metric's name.
        guard !labels.selectors.contains(where: \.isNameless) else { return }
        let traces =
          shown(by: value).map { names in names.flatMap { tree.series.traces(to: $0, of: labels) } }
          ?? tree.series.traces(toAnyOf: labels)
        guard let trace = traces.first(where: { $0.nature == .client }) else { return }
        var finding = file.finding(
          rule, .exposure, .config, at: ("\(pointer)/expr", query), "the panel shows a label that a client chooses",
          remedy: "aggregate the query by closed labels, as in sum by (job, instance) (…), and name them in the legend")
        finding.flow =
          trace.steps + [
            FlowStep(
              ["panel, label ", .name(trace.arrival)], path: file.path, line: query.line, column: query.column)
          ]
        findings.append(finding)
      }
      return findings
    }
  }

  /// The labels that a query's target shows; nil for all.
  private static func shown(by target: PositionedValue) -> [String]? {
    guard target["format"]?.string != "table", let legend = target["legendFormat"]?.string, !legend.isEmpty,
      legend != "__auto"
    else { return nil }
    return legend.split(separator: "{{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
      part.firstRange(of: "}}").map { String(part[..<$0.lowerBound].filter { !$0.isWhitespace }) }
    }
  }

  static let examples = [
    CheckExample(
      .dashboard,
      #"""
      {"panels": [{"type": "timeseries", "targets": [
        {"expr": ↓"rate(litellm_requests_metric_total[5m])", "legendFormat": "{{ user_agent }}"},
        {"expr": ↓"sum by (end_user) (litellm_requests_metric_total{job=\"$job\"})"},
        {"expr": ↓"topk(5, litellm_proxy_total_requests_metric_total)", "format": "table", "legendFormat": "x"}]},
       {"type": "row", "panels": [{"targets": [{"expr": ↓"vllm:lora_requests_info", "legendFormat": "__auto"}]}]}]}
      """#)
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
        {"expr": "vllm:num_requests_waiting"}]}]}
      """#)
  ]
}

extension PromQLLabels.Selector {
  /// Whether nothing in it is about the metric's name.
  fileprivate var isNameless: Bool { selector.name == nil && !selector.matchers.contains { $0.name == "__name__" } }
}
