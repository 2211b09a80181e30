import Syntax

/// What the families of expositions come to: clauses to add, and labels that wait for a decision.
struct MetricProposals {
  /// Families that share their type and labels.
  struct Clause {
    var kind: MetricClause.Kind
    var families: [String]
    /// Label names in order, each with the templates of its values.
    var labels: [(name: String, values: [String])]
  }

  private(set) var clauses: [Clause] = []
  private(set) var decisions: [LabelDecision] = []

  /// - Parameter taken: names of series that clauses claim.
  init(_ miner: MetricMiner, taken: Set<String>) {
    var taken = taken
    var groups: [String: Clause] = [:]
    for (name, family) in miner.families.sorted(by: { $0.key < $1.key }) {
      let series = family.kind.series(of: name).map(\.name)
      guard taken.isDisjoint(with: series) else { continue }
      taken.formUnion(series)
      let labels = family.labels.keys.sorted().compactMap { label -> (name: String, values: [String])? in
        let values = family.labels[label]?.templates { miner.isProgramWord($0, under: label) }
        return values.map { (label, $0) }
      }
      let key =
        family.kind.rawValue + labels.map { "\u{1}\($0.name)\u{2}\($0.values.joined(separator: "\u{3}"))" }.joined()
      groups[key, default: Clause(kind: family.kind, families: [], labels: labels)].families.append(name)
    }
    clauses = groups.sorted { $0.key < $1.key }.map(\.value)
    decisions = miner.openLabels.sorted { $0.key < $1.key }.map { LabelDecision($0.key, $0.value) }
  }
}

/// A label that somebody has to decide on.
public struct LabelDecision: Sendable {
  public var label: String
  /// Sorted.
  public var families: [String]
  public var first: LearningPlace
  /// Of the family that shows most of them.
  public var values: LineDecision.Gap

  init(_ label: String, _ families: [String: LabelValues]) {
    self.label = label
    self.families = families.keys.sorted()
    let most = families.values.max { ($0.gap.distinct, $1.first.line) < ($1.gap.distinct, $0.first.line) }
    first =
      families.values.map(\.first).min { ($0.path, $0.line) < ($1.path, $1.line) } ?? LearningPlace(path: "", line: 0)
    values = most?.gap ?? LineDecision.Gap(distinct: 0, lengths: 0...0, shape: ValueShape(), isValue: true)
  }
}
