public import Vocabulary

/// The DCGM exporter's counters file: the fields that the clauses on metrics claim, and no other.
///
/// Source: the exporter's default-counters.csv: `FIELD, type, help`, three fields a line, types gauge, counter and label.
public struct CountersFile: Sendable, Hashable {
  public let csv: String
  /// The fields that become metrics.
  public let fields: [String]

  /// - Throws: `usage` where the contract's families are no fields of DCGM.
  public init(_ contract: Contract) throws(Fault) {
    var text = "# \(contract.title.english) \(contract.versions): the fields that its contract claims.\n"
    for label in contract.explainedLabels { text += "# \(label.name): \(label.why.oneLine)\n" }
    var exported: [String] = []
    for clause in contract.metrics {
      guard case .always = clause.standing, clause.kind == .gauge || clause.kind == .counter else { continue }
      let fields = clause.families.filter { $0.hasPrefix("DCGM_FI_") }
      for field in fields {
        // A comma would part the help from itself.
        let help = (DCGMFields.help[field] ?? clause.title.english).oneLine.replacing(",", with: ";")
        text += "\(field), \(clause.kind.rawValue), \(help)\n"
      }
      exported += fields
    }
    guard !exported.isEmpty else {
      throw Fault(.usage, "the contract of \(contract.source) claims no fields of DCGM", at: contract.place)
    }
    fields = exported
    let labels = Set(contract.metrics.flatMap { $0.labels.map(\.name) }.filter { $0.hasPrefix("DCGM_FI_") })
    for label in labels.sorted() { text += "\(label), label, label of the other metrics\n" }
    csv = text
  }
}

extension Contract {
  /// Labels of metrics of which a clause says why they hold no more, each once.
  fileprivate var explainedLabels: [(name: String, why: String)] {
    var seen: Set<String> = []
    return metrics.flatMap(\.labels).compactMap { label in
      guard let why = label.why, seen.insert(label.name).inserted else { return nil }
      return (label.name, why.english)
    }
  }
}

extension String {
  /// As it may stand in a comment.
  var oneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
