import Vocabulary

/// The findings of one rule at one severity, as people read them: what the rule says once, then where.
///
/// A leaking log makes one finding a skeleton, so a thousand of them say the same; `findings.json` has each by itself.
struct RuleGroup {
  let rule: String
  let severity: Severity
  /// Said of all of them; nil where each says something of its own and the rule has no title.
  let title: String?
  /// What to do about all of them; nil where it differs from entry to entry.
  let remedy: String?
  let rationale: String
  /// Most sightings first.
  let findings: [Finding]
  /// Most sightings first.
  let entries: [Entry]
  let sightings: Int
  let sinks: Int

  /// What was found in one sink.
  struct Entry {
    let sink: Sink
    /// Set where the findings of the rule say different things.
    let message: String?
    let remedy: String?
    let findings: Int
    let sightings: Int
    /// The first in reading order; nil where the whole sink is meant.
    let place: Location?
    /// The way to that place, and what mends it.
    let flow: [FindingStep]
    let paste: [String]

    var whereabouts: String { sink.whereabouts(place) }

    var briefWhereabouts: String { sink.briefWhereabouts(place) }

    /// How much more there is than the place; nil where it is all.
    var extent: String? {
      guard sightings > 1 else { return nil }
      let count = Figures.count(sightings, "sighting") + (findings > 1 ? ", \(Figures.count(findings, "finding"))" : "")
      return place == nil ? count : "first of \(count)"
    }
  }

  /// - Parameter findings: all of one rule and severity, at least one.
  fileprivate init(_ findings: [Finding], in report: RunReport) {
    self.findings = findings.sorted { left, right in
      if left.count != right.count { return left.count > right.count }
      if left.sink != right.sink { return left.sink < right.sink }
      return left.fingerprint < right.fingerprint
    }
    rule = findings[0].rule
    severity = findings[0].severity
    let help = report.help(for: findings[0])
    let isKnown = report.rules.contains { $0.id == findings[0].rule }
    let isOneMessage = findings.allSatisfy { $0.message == findings[0].message }
    title = isOneMessage ? findings[0].message : isKnown ? help.title : nil
    rationale = help.rationale
    var remedies: [String?] = []
    for finding in findings {
      let remedy = finding.remedy ?? help.remedy
      remedies.append(remedy.isEmpty ? nil : remedy)
    }
    let isOneRemedy = remedies.allSatisfy { $0 == remedies[0] }
    remedy = isOneRemedy ? remedies[0] : nil
    sightings = findings.reduce(0) { $0 + $1.count }
    sinks = Set(findings.map(\.sink)).count

    struct Key: Hashable { let sink: Sink, message, remedy: String? }
    var byKey: [Key: [Finding]] = [:]
    for (finding, remedy) in zip(findings, remedies) {
      let key = Key(
        sink: finding.sink, message: isOneMessage ? nil : finding.message, remedy: isOneRemedy ? nil : remedy)
      byKey[key, default: []].append(finding)
    }
    entries = byKey.map { key, findings in
      let first = findings.filter { $0.locations.first?.description.isEmpty == false }.min {
        Self.reads($0.locations[0], before: $1.locations[0])
      }
      return Entry(
        sink: key.sink, message: key.message, remedy: key.remedy, findings: findings.count,
        sightings: findings.reduce(0) { $0 + $1.count }, place: first?.locations.first, flow: first?.flow ?? [],
        paste: first?.paste ?? [])
    }.sorted { left, right in
      if left.sightings != right.sightings { return left.sightings > right.sightings }
      if left.sink != right.sink { return left.sink < right.sink }
      return (left.message ?? "", left.remedy ?? "") < (right.message ?? "", right.remedy ?? "")
    }
  }

  /// Reading order of places in one sink.
  private static func reads(_ left: Location, before right: Location) -> Bool {
    if left.path != right.path { return left.path ?? "" < right.path ?? "" }
    if left.time != right.time { return left.time ?? 0 < right.time ?? 0 }
    if left.ordinal != right.ordinal { return left.ordinal ?? 0 < right.ordinal ?? 0 }
    if left.line != right.line { return left.line ?? 0 < right.line ?? 0 }
    if left.column != right.column { return left.column ?? 0 < right.column ?? 0 }
    return left.description < right.description
  }
}

extension RunReport {
  /// Findings that nothing accepts, by rule: gravest first, then those with most sightings.
  var ruleGroups: [RuleGroup] {
    struct Key: Hashable { let rule: String, severity: Severity }
    var byRule: [Key: [Finding]] = [:]
    for finding in findings where finding.accepted == nil {
      byRule[Key(rule: finding.rule, severity: finding.severity), default: []].append(finding)
    }
    // Sorted, for what is taken from the first finding must not depend on which worker was faster.
    return byRule.values.map { findings in
      RuleGroup(findings.sorted { ($0.sink, $0.fingerprint) < ($1.sink, $1.fingerprint) }, in: self)
    }.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      return left.sightings != right.sightings ? left.sightings > right.sightings : left.rule < right.rule
    }
  }
}
