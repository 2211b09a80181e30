import Syntax
import Vocabulary

/// A variable of a dashboard lists the values of a label that a client chooses, for everyone who opens it.
///
/// Source: Grafana's Prometheus data source: `label_values(label)`, `label_values(metric, label)`, `query_result(query)`.
enum ClientLabelInVariable: ConfigCheck {
  static let rule = "client-label-in-variable"

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    guard file.role == .dashboard else { return [] }
    return file.documents.flatMap { document in
      (document["templating"]?["list"]?.array ?? []).enumerated().compactMap { index, variable -> ConfigFinding? in
        guard let (pointer, query) = query(of: variable), let text = query.string, let trace = trace(text, tree) else {
          return nil
        }
        var finding = file.finding(
          rule, .exposure, .config, at: ("/templating/list/\(index)\(pointer)", query),
          "the variable lists values that clients choose",
          remedy: "choose by a closed label, such as instance or job, or write the values down")
        finding.flow =
          trace.steps + [
            FlowStep(
              ["variable ", .name(variable["name"]?.string ?? "")], path: file.path, line: query.line,
              column: query.column)
          ]
        return finding
      }
    }
  }

  private static func query(of variable: PositionedValue) -> (pointer: String, value: PositionedValue)? {
    guard variable["type"]?.string == "query", let query = variable["query"] else { return nil }
    return query.string != nil ? ("/query", query) : query["query"].map { ("/query/query", $0) }
  }

  private static func trace(_ text: String, _ tree: CheckedTree) -> Trace? {
    guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close else { return nil }
    let function = text[..<open].filter { !$0.isWhitespace }
    let inner = text[text.index(after: open)..<close]
    switch function {
    case "label_values":
      guard let comma = inner.lastIndex(of: ",") else {
        let label = inner.filter { !$0.isWhitespace }
        return tree.facts.labels.isDistinctlyClients(label)
          ? Trace(
            label: label, metric: "", nature: .client, arrival: label,
            steps: [FlowStep(["label ", .name(label), ", which a client chooses"])]) : nil
      }
      let label = inner[inner.index(after: comma)...].filter { !$0.isWhitespace }
      guard let selector = try? PromQLExpression.parse(inner[..<comma], options: .grafana) else { return nil }
      return tree.series.traces(to: label, of: selector.labels()).first { $0.nature == .client }
    case "query_result":
      guard let expression = try? PromQLExpression.parse(inner, options: .grafana) else { return nil }
      return tree.series.traces(toAnyOf: expression.labels()).first { $0.nature == .client }
    default: return nil
    }
  }

  static let examples = [
    CheckExample(
      .dashboard,
      #"""
      {"panels": [], "templating": {"list": [
        {"name": "a", "type": "query", "query": ↓"label_values(litellm_requests_metric_total, user_agent)"},
        {"name": "b", "type": "query", "query": {"query": ↓"label_values(end_user)", "refId": "x"}},
        {"name": "c", "type": "query", "query": ↓"query_result(topk(5, litellm_requests_metric_total))"}]}}
      """#)
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
