import Syntax
public import Vocabulary

/// Prometheus' `metric_relabel_configs` that let through what a contract claims: families, labels and values. They are the last
/// thing before the store, so that what a source should not emit is not kept even for one scrape.
///
/// Bounds on the number of different values can't be enforced there.
public struct MetricRelabelling {
  /// Labels that Prometheus adds to every series of a target.
  private static let targetLabels = ["instance", "job"]
  /// Hold what one rule says to the next; gone at the end: of the label at hand, of the whole series, and a hash.
  private static let (mark, changed, hash) = ("__tmp_claimed", "__tmp_changed", "__tmp_hash")

  private let contract: Contract
  private let keptLabels: [String]
  /// By label name: the series that bear it, by the expression of its values.
  private var labels: [String: [String: [String]]] = [:]
  private var series: [String] = []

  /// - Parameters:
  ///   - names: what the fleet declares, which values may refer to.
  ///   - targetLabels: labels that the scrape configuration sets itself, beside `job` and `instance`.
  ///   - families: which of the families that the contract claims are kept.
  /// - Throws: `usage` for a label whose values no expression describes, and for a contract without metrics.
  public init(
    _ contract: Contract, names: FleetNames, targetLabels: [String] = [], families: (String) -> Bool = { _ in true }
  ) throws(Fault) {
    self.contract = contract
    keptLabels = Self.targetLabels + targetLabels
    for clause in contract.metrics {
      if case .forbidden = clause.standing { continue }
      let claimed = clause.families.filter(families).flatMap { clause.kind.series(of: $0) }
      guard !claimed.isEmpty else { continue }
      series += claimed.map(\.name)
      for label in clause.labels {
        let expressions = label.values.compactMap { $0.expression(names) }
        guard expressions.count == label.values.count else {
          throw Fault(
            .usage, "no expression describes the values of label \(label.name) of clause \(clause.id)",
            at: clause.place, remedy: "Give the label a simpler type.")
        }
        let expression = expressions.count == 1 ? expressions[0] : expressions.joined(separator: "|")
        labels[label.name, default: [:]][expression, default: []] += claimed.map(\.name)
      }
      for (name, label) in claimed {
        guard let label else { continue }
        labels[label, default: [:]][SlotKind.float.expression(names) ?? "", default: []].append(name)
      }
    }
    guard !series.isEmpty else {
      throw Fault(.usage, "the contract of \(contract.source) claims no metrics", at: contract.place)
    }
    let clash = keptLabels.first { labels[$0] != nil && !Self.targetLabels.contains($0) }
    if let clash {
      throw Fault(.usage, "the contract claims the label \(clash) itself", remedy: "Leave it out.")
    }
  }

  /// The rules as YAML, to stand under the job's scrape configuration.
  public var yaml: String {
    var lines = [
      "# What the contract of \(contract.source) (\(contract.versions)) claims; all else is dropped. Made by `sigilo contract compile`:",
      "# change the contract and make it anew. A value outside its type becomes '\(Contract.replacement)'; such series are kept apart",
      "# by the label \(Contract.changedLabel), ten bits of a hash of what they held. honor_labels must stay off; it is by default.",
      "metric_relabel_configs:",
    ]
    for rule in rules {
      var first = true
      for (key, value) in rule {
        lines.append("  \(first ? "-" : " ") \(key): \(value)")
        first = false
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private typealias Rule = [(key: String, value: String)]

  private var rules: [Rule] {
    var rules: [Rule] = [
      Self.rule(["__name__"], Self.names(series), [("action", "keep")]),
      // Nothing that a source sends may pass for a mark.
      Self.set(Self.mark, to: ""), Self.set(Self.changed, to: ""), Self.set(Contract.changedLabel, to: ""),
      [
        ("source_labels", "[\(watched.joined(separator: ", "))]"), ("modulus", "\(Contract.buckets)"),
        ("target_label", Self.hash), ("action", "hashmod"),
      ],
    ]
    let unclaimed = watched.filter { labels[$0] == nil }
    if !unclaimed.isEmpty { rules.append(Self.rule(unclaimed, "(?s:.*[^;].*)", Self.becoming(Self.changed, "yes"))) }
    for name in labels.keys.sorted() { rules += self.rules(for: name, labels[name] ?? [:]) }
    rules.append(
      Self.rule([Self.changed, Self.hash], "yes;(.+)", Self.becoming(Contract.changedLabel, "$1")))
    let names = (["__name__", Contract.changedLabel] + keptLabels + labels.keys).map(Quoting.expression)
    rules.append([
      ("regex", Quoting.yaml(Set(names).sorted().joined(separator: "|"))), ("action", "labelkeep"),
    ])
    return rules
  }

  /// Labels whose values may be replaced or lost.
  private var watched: [String] {
    (labels.keys + contract.forbiddenLabels.filter { !$0.isPrefix }.map(\.name)).sorted()
  }

  /// Takes the label from series that don't claim it, and its value where it has another type.
  private func rules(for label: String, _ groups: [String: [String]]) -> [Rule] {
    var rules: [Rule] = []
    for (expression, claimers) in groups.sorted(by: { $0.key < $1.key }) {
      rules.append(
        Self.rule(
          ["__name__", label], "\(Self.names(claimers));(?:\(expression))",
          Self.becoming(Self.mark, "claimed")))
    }
    let claimers = Set(groups.values.joined())
    // `.` takes no line feed before Prometheus 3.
    rules.append(
      Self.rule(
        [Self.mark, "__name__", label], ";\(Self.names(claimers));(?s:.+)",
        Self.becoming(Self.mark, "other")))
    rules.append(Self.rule([Self.mark, label], "(?:other)?;(?s:.+)", Self.becoming(Self.changed, "yes")))
    rules.append(
      Self.rule([Self.mark, label], "other;(?s:.+)", Self.becoming(label, Contract.replacement)))
    if claimers.count < Set(series).count {
      rules.append(Self.rule([Self.mark, label], ";(?s:.+)", Self.becoming(label, Quoting.yaml(""))))
    }
    return rules + [Self.set(Self.mark, to: "")]
  }

  /// Names of series, those that differ in the endings of a histogram or summary alone put together.
  private static func names(_ series: some Sequence<String>) -> String {
    let all = Set(series)
    let endings = ["", "_bucket", "_count", "_created", "_sum"]
    var byEndings: [[String]: [String]] = [:]
    for name in all {
      let bases = endings.compactMap { name.hasSuffix($0) && !$0.isEmpty ? String(name.dropLast($0.count)) : nil }
      // Told by the name without an ending, where that is a series too.
      if bases.contains(where: all.contains) { continue }
      byEndings[endings.filter { all.contains(name + $0) }, default: []].append(name)
    }
    let parts = byEndings.sorted { ($0.value.min() ?? "") < ($1.value.min() ?? "") }.map { endings, names in
      let ending = endings == [""] ? "" : "(?:\(endings.dropFirst().joined(separator: "|")))?"
      return SlotKind.alternatives(names) + ending
    }
    return parts.count == 1 ? parts[0] : "(?:\(parts.joined(separator: "|")))"
  }

  private static func rule(_ source: [String], _ regex: String, _ rest: Rule) -> Rule {
    [("source_labels", "[\(source.joined(separator: ", "))]"), ("regex", Quoting.yaml(regex))] + rest
  }

  private static func becoming(_ label: String, _ value: String) -> Rule {
    [("target_label", label), ("replacement", value)]
  }

  private static func set(_ label: String, to value: String) -> Rule { becoming(label, Quoting.yaml(value)) }
}
