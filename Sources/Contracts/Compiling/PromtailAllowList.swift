import Syntax
public import Vocabulary

/// Promtail's `pipeline_stages` that let through the lines that a contract claims, and count what they drop.
///
/// A line passes whole or not at all, without the carriage return at its end; what may only follow another line does not pass, since
/// Promtail looks at one line at a time. RE2 has no look-ahead, so that a line is not dropped for what it isn't: the ones that match
/// are marked, and those without the mark dropped. Source: the stages' documentation, grafana.com/docs/loki, Promtail.
public struct PromtailAllowList {
  /// Labels that Promtail and its static configuration give to a stream; they keep streams apart and hold nothing of a line.
  public static let usualLabels = ["filename", "job"]
  /// Stages later than the first see these names; no scrape configuration has use for them.
  static let (line, mark) = ("contract_line", "contract_ok")

  private let contract: Contract
  private let labels: [String]
  private let lines: LineExpressions

  /// - Parameters:
  ///   - names: what the fleet declares, which lines may refer to.
  ///   - labels: the stream's labels that stay; the scrape configuration sets them itself.
  /// - Throws: `usage` for a contract without lines.
  public init(_ contract: Contract, names: FleetNames, labels: [String] = Self.usualLabels) throws(Fault) {
    self.contract = contract
    self.labels = Set(labels).sorted()
    lines = try LineExpressions(contract, names: names)
  }

  /// The stages as YAML, to stand in the job's scrape configuration, after the stage that takes a container runtime's frame away.
  public var yaml: String {
    let expression = Quoting.yaml(lines.whole(group: Self.line))
    var text = [
      "# Lines that the contract of \(contract.source) (\(contract.versions)) claims; all else is dropped. Made by `sigilo contract compile`:",
      "# change the contract and make it anew. Promtail counts drops under the reason out_of_contract.",
    ]
    if !lines.incomplete.isEmpty {
      text += [
        "# Dropped too, though claimed, are lines that only follow others and lines that no expression describes, of the clauses",
        "# \(lines.incomplete.joined(separator: ", ")).",
      ]
    }
    text += [
      "pipeline_stages:",
      // What is there by that name, from a label, must not pass for a line.
      "  - template: {source: \(Self.line), template: ''}",
      "  - labeldrop: [\(Self.line), \(Self.mark)]",
      "  - regex:",
      "      expression: \(expression)",
      "  - template: {source: \(Self.mark), template: '{{ if .\(Self.line) }}1{{ end }}'}",
      "  - labels: {\(Self.mark): \(Self.mark)}",
      "  - match: {selector: '{\(Self.mark)!=\"1\"}', action: drop, drop_counter_reason: out_of_contract}",
      "  - output: {source: \(Self.line)}",
      "  - labelallow: [\(labels.joined(separator: ", "))]",
      // Each line is a block of its own, and blocks are made without structured metadata; no other stage takes any away.
      "  - multiline: {firstline: '(?s).*', max_lines: 1}",
    ]
    return text.joined(separator: "\n") + "\n"
  }
}
