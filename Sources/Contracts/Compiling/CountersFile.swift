public import Vocabulary

/// The DCGM exporter's counters file: the fields that the clauses on metrics claim, and no other.
///
/// Source: the exporter's default-counters.csv: `FIELD, type, help`, three fields a line, types gauge, counter and label.
public struct CountersFile: Sendable, Hashable {
  public let csv: String

  /// - Throws: `usage` where the contract's families are no fields of DCGM.
  public init(_ contract: Contract) throws(Fault) {
    var text = "# \(contract.title.english) \(contract.versions): the fields that its contract claims.\n"
    var isEmpty = true
    for clause in contract.metrics {
      guard case .always = clause.standing, clause.kind == .gauge || clause.kind == .counter else { continue }
      let fields = clause.families.filter { $0.hasPrefix("DCGM_FI_") }
      // A comma would part the help from itself.
      let help = clause.title.english.replacing(",", with: ";")
      for field in fields { text += "\(field), \(clause.kind.rawValue), \(help)\n" }
      isEmpty = isEmpty && fields.isEmpty
    }
    guard !isEmpty else { throw Fault(.usage, "the contract claims no fields of DCGM") }
    let labels = Set(contract.metrics.flatMap { $0.labels.map(\.name) }.filter { $0.hasPrefix("DCGM_FI_") })
    for label in labels.sorted() { text += "\(label), label, label of the other metrics\n" }
    csv = text
  }
}
