import Syntax
public import Vocabulary

/// Promtail's `pipeline_stages` that let through the lines that a contract claims, and count what they drop.
///
/// A line passes whole or not at all, without the carriage return at its end; what may only follow another line does not pass, since
/// Promtail looks at one line at a time. RE2 has no look-ahead, so that a line is not dropped for what it isn't: the ones that match
/// are marked, and those without the mark dropped. Source: the stages' documentation, grafana.com/docs/loki, Promtail.
public struct PromtailAllowList {
  /// Labels that keep the stream apart, and nothing of the line.
  private static let streamLabels = ["filename", "job"]
  /// Stages later than the first see these names; no scrape configuration has use for them.
  private static let (line, mark) = ("contract_line", "contract_ok")

  private let contract: Contract
  private let labels: [String]
  private var expressions: [String] = []
  /// Clauses with lines that no expression describes, or with continuations: these lines are dropped though the contract claims them.
  private var dropped: [String] = []

  /// - Parameters:
  ///   - names: what the fleet declares, which lines may refer to.
  ///   - streamLabels: labels that the scrape configuration sets itself, beside `filename` and `job`.
  /// - Throws: `usage` for a contract without lines.
  public init(_ contract: Contract, names: FleetNames, streamLabels: [String] = []) throws(Fault) {
    self.contract = contract
    labels = Set(Self.streamLabels + streamLabels).sorted()
    for clause in contract.logs {
      if case .forbidden = clause.standing { continue }
      let own = clause.lines.compactMap { $0.expression(names) }
      expressions += own
      if own.count < clause.lines.count || !clause.continuations.isEmpty { dropped.append(clause.id) }
    }
    guard !expressions.isEmpty else {
      throw Fault(
        .usage, "the contract of \(contract.source) claims no log lines", at: contract.place,
        remedy: "Keep its log out of Loki as a whole.")
    }
  }

  /// The stages as YAML, to stand in the job's scrape configuration, after the stage that takes a container runtime's frame away.
  public var yaml: String {
    let expression = Quoting.yaml("^(?P<\(Self.line)>(?:\(expressions.joined(separator: "|"))))\\r?$")
    var lines = [
      "# Lines that the contract of \(contract.source) (\(contract.versions)) claims; all else is dropped. Made by `sigilo contract compile`:",
      "# change the contract and make it anew. Promtail counts drops under the reason out_of_contract.",
    ]
    if !dropped.isEmpty {
      lines += [
        "# Dropped too, though claimed, are lines that only follow others and lines that no expression describes, of the clauses",
        "# \(dropped.joined(separator: ", ")).",
      ]
    }
    lines += [
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
    return lines.joined(separator: "\n") + "\n"
  }
}
