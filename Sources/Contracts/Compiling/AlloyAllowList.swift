import Syntax
public import Vocabulary

/// Alloy's `loki.process` component that lets through the lines that a contract claims, and counts what it drops.
///
/// The same stages as Promtail's, whose successor Alloy is, by their names there. Source: grafana/alloy at 66ebea8, reference of
/// loki.process and the stages' code. It was not run on Alloy.
public struct AlloyAllowList {
  private let contract: Contract
  private let lines: LineExpressions
  private let labels: [String]

  /// - Parameters:
  ///   - names: what the fleet declares, which lines may refer to.
  ///   - labels: the stream's labels that stay; the component before this one sets them itself.
  /// - Throws: `usage` for a contract without lines.
  public init(_ contract: Contract, names: FleetNames, labels: [String]) throws(Fault) {
    self.contract = contract
    lines = try LineExpressions(contract, names: names)
    self.labels = Set(labels).sorted()
  }

  /// The component, to be named in the `forward_to` of the one that reads the log.
  public var configuration: String {
    let (line, mark) = (PromtailAllowList.line, PromtailAllowList.mark)
    let name = "contract_" + contract.source.replacing("-", with: "_")
    var text = """
      // Lines that the contract of \(contract.source) (\(contract.versions)) claims; all else is dropped. Made by `sigilo contract compile`:
      // change the contract and make it anew. Alloy counts drops in loki_process_dropped_lines_total under the reason out_of_contract.
      // Written by Alloy's documentation and source, and not run on Alloy: try it before you rely on it.
      // No stage takes away structured metadata whose names are not known (loki.source.api and OTLP bring any): Loki must refuse it
      // with limits_config: allow_structured_metadata: false.

      """
    if !lines.incomplete.isEmpty {
      text += """
        // Dropped too, though claimed, are lines that only follow others and lines that no expression describes, of the clauses
        // \(lines.incomplete.joined(separator: ", ")).

        """
    }
    let stages: [(name: String, arguments: [(String, String)])] = [
      // What is there by that name, from a label, must not pass for a line.
      ("template", [("source", quoted(line)), ("template", quoted(""))]),
      ("label_drop", [("values", "[\(quoted(line)), \(quoted(mark))]")]),
      ("regex", [("expression", quoted(lines.whole(group: line)))]),
      ("template", [("source", quoted(mark)), ("template", quoted("{{ if .\(line) }}1{{ end }}"))]),
      ("labels", [("values", "{ \(mark) = \(quoted(mark)) }")]),
      (
        "match",
        [
          ("selector", quoted("{\(mark)!=\"1\"}")), ("action", quoted("drop")),
          ("drop_counter_reason", quoted("out_of_contract")),
        ]
      ),
      ("output", [("source", quoted(line))]),
      ("label_keep", [("values", "[\(labels.map(quoted).joined(separator: ", "))]")]),
    ]
    text += "loki.process \(quoted(name)) {\n  forward_to = [loki.write.default.receiver]\n"
    for stage in stages {
      text += "\n  stage.\(stage.name) {\n"
      let width = stage.arguments.map(\.0.count).max() ?? 0
      for (key, value) in stage.arguments {
        text += "    \(key)\(String(repeating: " ", count: width - key.count)) = \(value)\n"
      }
      text += "  }\n"
    }
    return text + "}\n"
  }

  private func quoted(_ text: String) -> String { GoString.quote(text) }
}
