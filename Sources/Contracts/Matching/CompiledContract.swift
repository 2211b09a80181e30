public import Vocabulary

/// A contract ready to match, with the names that a fleet declares put in. Shared by all workers.
public struct CompiledContract: Sendable {
  public let contract: Contract

  /// A series' clause, and the label that only this part of a family bears (`le`, `quantile`).
  struct Series: Sendable {
    var clause: Int
    var ownLabel: String?
  }

  /// By the name of a sample, a `# TYPE` or a `# HELP`.
  private(set) var series: [String: Series] = [:]
  /// By clause, then label name.
  private(set) var labels: [[String: Int]] = []
  private(set) var labelGraphs: [TemplateGraph] = []
  private(set) var labelClauses: [LabelClause] = []
  /// By label name, as for `labels`.
  private(set) var storeLabels: [StoredEntry: [String: Int]] = [:]
  private(set) var jsonFields: [String: Int] = [:]
  let bounds: TemplateGraph
  let lines: TemplateGraph
  /// The log clause of each template in `lines`.
  let lineClauses: [Int]
  /// By log clause; empty graphs where nothing may follow.
  let continuations: [TemplateGraph]

  /// By log clause: whether lines may follow, and whether it is there to say what must be off. Apart from the clauses, since
  /// every line asks.
  let continues: [Bool]
  let isForbidden: [Bool]

  /// - Throws: `usage`, with the place of the clause, where two clauses claim the same series or the same line, and where a
  ///   template can never match.
  public init(_ contract: Contract, names: FleetNames) throws(Fault) {
    self.contract = contract
    bounds = try TemplateGraph(
      [Template(text: "{float}", elements: [.slot(Slot(kind: .float, text: "float"))], place: nil)], names: names)
    lines = try TemplateGraph(contract.logs.flatMap(\.lines), names: names)
    lineClauses = contract.logs.indices.flatMap { index in contract.logs[index].lines.map { _ in index } }
    continues = contract.logs.map { !$0.continuations.isEmpty }
    isForbidden = contract.logs.map { if case .forbidden = $0.standing { true } else { false } }
    var continuations: [TemplateGraph] = []
    for clause in contract.logs {
      continuations.append(
        clause.continuations.isEmpty ? TemplateGraph() : try TemplateGraph(clause.continuations, names: names))
    }
    self.continuations = continuations
    var known: [LabelClause: Int] = [:]
    for (index, clause) in contract.metrics.enumerated() {
      try addSeries(of: clause, index)
      labels.append(try add(clause.labels, names, &known))
    }
    for entry in StoredEntry.allCases {
      storeLabels[entry] = try add(contract.store[entry] ?? [], names, &known)
    }
    jsonFields = try add(contract.json?.fields ?? [], names, &known)
    addCounterComments()
  }

  private mutating func add(
    _ clauses: [LabelClause], _ names: FleetNames, _ known: inout [LabelClause: Int]
  ) throws(Fault) -> [String: Int] {
    var byName: [String: Int] = [:]
    for label in clauses {
      if known[label] == nil {
        known[label] = labelClauses.count
        labelClauses.append(label)
        labelGraphs.append(try TemplateGraph(label.values, names: names))
      }
      byName[label.name] = known[label]
    }
    return byName
  }

  private mutating func addSeries(of clause: MetricClause, _ index: Int) throws(Fault) {
    for family in clause.families {
      for (name, ownLabel) in clause.kind.series(of: family) {
        if let other = series.updateValue(Series(clause: index, ownLabel: ownLabel), forKey: name) {
          throw Fault(
            .usage, "\(name) is claimed by \(contract.metrics[other.clause].id) already", at: clause.place,
            remedy: "Leave it out of one of the two clauses.")
        }
      }
    }
  }

  /// OpenMetrics writes a counter's `# TYPE` without `_total`; where another family has that name, it is that family's.
  private mutating func addCounterComments() {
    for (index, clause) in contract.metrics.enumerated() where clause.kind == .counter {
      for family in clause.families where family.hasSuffix("_total") {
        let name = String(family.dropLast(6))
        if series[name] == nil { series[name] = Series(clause: index) }
      }
    }
  }
}

extension MetricClause.Kind {
  /// Names under which samples of a family stand, each with the label that only it bears.
  ///
  /// Sources: prometheus.io/docs/instrumenting/exposition_formats; the OpenMetrics 1.0 specification (`_total`, `_created`).
  func series(of family: String) -> [(name: String, ownLabel: String?)] {
    switch self {
    case .gauge, .untyped: return [(family, nil)]
    case .info: return [(family, nil), (family + "_info", nil)]
    case .counter:
      let base = family.hasSuffix("_total") ? String(family.dropLast(6)) : family
      return [(family, nil), (base + "_created", nil)]
    case .histogram:
      return [(family, nil), (family + "_bucket", "le")] + ["_sum", "_count", "_created"].map { (family + $0, nil) }
    case .summary:
      return [(family, "quantile")] + ["_sum", "_count", "_created"].map { (family + $0, nil) }
    }
  }
}
