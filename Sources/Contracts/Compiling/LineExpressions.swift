import Syntax
import Vocabulary

/// What a contract's log clauses claim, as programs that read RE2 can be told: one line at a time.
struct LineExpressions {
  /// One for each template.
  private(set) var all: [String] = []
  /// Clauses with lines that no expression describes, or with continuations: these lines don't count as claimed, though the contract
  /// claims them.
  private(set) var incomplete: [String] = []

  /// - Throws: `usage` for a contract without lines.
  init(_ contract: Contract, names: FleetNames) throws(Fault) {
    for clause in contract.logs {
      if case .forbidden = clause.standing { continue }
      let own = clause.lines.compactMap { $0.expression(names) }
      all += own
      if own.count < clause.lines.count || !clause.continuations.isEmpty { incomplete.append(clause.id) }
    }
    guard !all.isEmpty else {
      throw Fault(
        .usage, "the contract of \(contract.source) claims no log lines", at: contract.place,
        remedy: "Keep its log out of Loki as a whole.")
    }
  }

  /// Takes a claimed line, whole, with the carriage return that may end it.
  ///
  /// - Parameter group: a name for what stands before the carriage return.
  func whole(group: String? = nil) -> String {
    let lines = "(?:\(all.joined(separator: "|")))"
    return "^\(group.map { "(?P<\($0)>\(lines))" } ?? lines)\\r?$"
  }
}
