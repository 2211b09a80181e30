import Vocabulary

/// A contract with the clauses that were learned for it: as text, read and ready to match.
struct ContractDraft {
  struct LogClauseDraft {
    var id: String
    var title: String
    var lines: [String] = []
    var continuations: [String] = []
  }

  let source: String
  private let base: ContractText
  private let path: String
  /// Clauses on logs that were there before.
  let baseLogs: Int
  private let baseIDs: Set<String>
  private(set) var contract: Contract
  var logs: [LogClauseDraft] = []
  private var metrics: [(id: String, clause: MetricProposals.Clause)] = []

  /// - Parameter base: the contract's file as it stands; nil for a new contract.
  init(_ source: String, base: String?, path: String) throws(Fault) {
    self.source = source
    self.path = path
    let text = base ?? ContractText.beginning(of: source)
    self.base = ContractText(text, path: path)
    contract = try Contract.parse(Array(text.utf8), path: path)
    try contract.check()
    guard contract.source == source else {
      throw Fault(.usage, "the contract's source is \(contract.source)", at: contract.place)
    }
    baseLogs = contract.logs.count
    baseIDs = Set(contract.metrics.map(\.id) + contract.logs.map(\.id))
  }

  // MARK: - Clauses

  /// Place among `logs` of the clause for templates of that name.
  mutating func clause(named name: String) -> Int {
    if let index = logs.firstIndex(where: { $0.title == name }) { return index }
    logs.append(LogClauseDraft(id: freeID("learned-\(name)"), title: name))
    return logs.count - 1
  }

  mutating func add(_ clause: MetricProposals.Clause) { metrics.append((freeID(clause.name), clause)) }

  private func freeID(_ wanted: String) -> String {
    let taken = baseIDs.union(logs.map(\.id)).union(metrics.map(\.id))
    var id = wanted
    var number = 1
    while taken.contains(id) {
      number += 1
      id = "\(wanted)-\(number)"
    }
    return id
  }

  /// Reads the contract anew with the clauses as they are now.
  ///
  /// - Throws: what the reader throws, where a template is at odds with another.
  mutating func read() throws(Fault) {
    let new = try Contract.parse(Array(try text(undecided: []).utf8), path: path)
    try new.check()
    contract = new
  }

  func differs(from other: ContractDraft) -> Bool {
    metrics.count != other.metrics.count
      || logs.map { $0.lines.count + $0.continuations.count }
        != other.logs.map { $0.lines.count + $0.continuations.count }
  }

  // MARK: - Text

  /// The file.
  ///
  /// - Parameter undecided: what waits for a decision, beside what waits already.
  func text(undecided: [Undecided]) throws(Fault) -> String {
    var text = base
    var elements: [[String]] = []
    for (id, clause) in metrics { elements.append(try clause.lines(id: id, contract.exampleNames)) }
    try text.append(elements, to: "metrics")
    elements = []
    for clause in logs where !clause.lines.isEmpty { elements.append(try element(of: clause)) }
    try text.append(elements, to: "logs")
    let known = Set(contract.undecided.map(\.subject))
    try text.append(undecided.filter { !known.contains($0.subject) }.map { [Self.element(of: $0)] }, to: "undecided")
    return text.text
  }

  private static func element(of undecided: Undecided) -> String {
    switch undecided.subject {
    case .line(let template): "line: \(ContractText.scalar(template))"
    case .label(let name, let families):
      "{label: \(ContractText.scalar(name)), families: [\(families.map(ContractText.scalar).joined(separator: ", "))]}"
    }
  }

  private func element(of clause: LogClauseDraft) throws(Fault) -> [String] {
    let names = contract.exampleNames
    var examples: [String] = []
    for line in clause.lines { examples += try template(line).examples(names).prefix(1) }
    let first = examples.first ?? ""
    if !clause.continuations.isEmpty {
      var record = [first]
      for line in clause.continuations { record += try template(line).examples(names).prefix(1) }
      examples.append(record.joined(separator: "\n"))
    }
    let words = clause.title.replacing("-", with: " ")
    var lines = [
      "id: \(clause.id)",
      "title: {en: \(ContractText.scalar("lines of \(words)")), pt-BR: \(ContractText.scalar("linhas de \(words)"))}",
      "lines:",
    ]
    lines += clause.lines.map { "  - \(ContractText.scalar($0))" }
    if !clause.continuations.isEmpty {
      lines.append("continuations:")
      lines += clause.continuations.map { "  - \(ContractText.scalar($0))" }
    }
    lines.append("examples:")
    lines += examples.map { "  - \(ContractText.scalar($0))" }
    lines.append("counter_examples: [\(ContractText.scalar(first + " a pergunta do cliente"))]")
    return lines
  }

  /// A template by itself.
  func template(_ text: String) throws(Fault) -> Template {
    Template(text: text, elements: try TemplateParser().elements(text), place: nil)
  }
}
