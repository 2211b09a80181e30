import Vocabulary

/// The sentences that more than one format says, so that they say the same.
extension RunReport {
  /// Why the verdict is what it is, one sentence.
  var conclusion: String {
    let open = Severity.allCases.reversed().filter { $0 >= gate }
      .map { (severity: $0, count: self.open($0).count) }.filter { $0.count > 0 }
    let failed = checks.count { $0.outcome == .failed }
    var against: [String] = []
    if open.count == 1 {
      against.append("\(Figures.count(open[0].count, "\(open[0].severity.rawValue) finding")) \(atTheGate)")
    } else if open.count > 1 {
      let parts = open.map { "\(Figures.grouped($0.count)) \($0.severity.rawValue)" }
      against.append("\(Figures.count(atGate, "finding")) \(atTheGate): \(Figures.list(parts))")
    }
    if uncounted > 0 {
      against.append("\(Figures.count(uncounted, "sighting")) of further findings counted but not kept")
    }
    if failed > 0 { against.append("\(Figures.count(failed, "check")) failed") }
    let skipped = checks.count { $0.outcome == .skipped }
    if skipped > 0 { against.append("\(Figures.count(skipped, "check was", "checks were")) skipped") }
    let partial = sinkCount(.incomplete)
    if partial > 0 { against.append("\(Figures.count(partial, "sink was", "sinks were")) judged only in part") }
    let silent = sinkCount(.unreachable)
    if silent > 0 { against.append("\(Figures.count(silent, "sink")) never answered") }
    if against.isEmpty, verdict == .pass {
      let accepted = findings.count { $0.accepted != nil && $0.severity >= gate }
      let but = accepted == 0 ? "" : " but \(Figures.grouped(accepted)) accepted"
      return "No finding \(atTheGate)\(but); all that should have been looked at was judged."
    }
    if against.isEmpty { against = ["not everything could be checked"] }
    let sentence = against.joined(separator: "; ")
    return sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
  }

  private var atTheGate: String {
    gate == .content ? "at the gate (content)" : "at or over the gate (\(gate.rawValue))"
  }

  /// What a reader must know before the verdict means anything: a planted leak, proofs switched off.
  var remarks: [String] {
    var remarks: [String] = []
    if let leak { remarks.append("A leak was planted on purpose: \(leak).") }
    if !without.isEmpty { remarks.append("Switched off for this run: \(Figures.list(without.map(\.rawValue))).") }
    return remarks
  }

  /// Stage of the checks that say whether a planted leak was caught.
  static let leakStage = "leak"

  var leakChecks: [Check] { checks.filter { $0.stage == Self.leakStage } }

  /// What became of the sinks, e.g. `41 sinks judged, 3 as text`; what there is none of is left out.
  var coverageSummary: String {
    var parts = ["\(Figures.count(sinkCount(.judged), "sink")) judged"]
    for (outcome, words) in [
      (Coverage.Outcome.judgedAsText, "as text"), (.incomplete, "incomplete"), (.unreachable, "unreachable"),
    ] {
      let count = sinkCount(outcome)
      if count > 0 { parts.append("\(Figures.grouped(count)) \(words)") }
    }
    let records = coverage.reduce(0) { $0 + $1.records }
    let bytes = coverage.reduce(0) { $0 + $1.bytes }
    return "\(parts.joined(separator: ", ")); \(Figures.count(records, "record")), \(Figures.bytes(bytes))"
  }

  /// Sinks whose worst part came out so; a sink such as Prometheus is read in several parts.
  func sinkCount(_ outcome: Coverage.Outcome) -> Int {
    let gravest: [Coverage.Outcome] = [.unreachable, .incomplete, .judgedAsText, .judged]
    var seen: Set<Sink> = []
    for candidate in gravest {
      let sinks = Set(coverage.filter { $0.outcome == candidate }.map(\.sink)).subtracting(seen)
      if candidate == outcome { return sinks.count }
      seen.formUnion(sinks)
    }
    return 0
  }

  /// Who produced the telemetry, with the number of sinks, e.g. `simulated 12, configuration 3, unknown origin 1`.
  var subjects: [(name: String, sinks: Int)] {
    var sinks: [String: Set<Sink>] = [:]
    for coverage in coverage { sinks[coverage.origin, default: []].insert(coverage.sink) }
    return sinks.sorted { $0.key < $1.key }.map { ($0.key, $0.value.count) }
  }

  /// What a finding's rule says; where the rule's own data is not at hand, what the finding says.
  func help(for finding: Finding) -> RuleHelp {
    rules.first { $0.id == finding.rule }
      ?? RuleHelp(
        id: finding.rule, title: finding.message, rationale: finding.severity.meaning, remedy: finding.remedy ?? "")
  }

  /// What to do about a finding: its own remedy, for it knows the case, else its rule's.
  func remedy(for finding: Finding) -> String? {
    let remedy = finding.remedy ?? help(for: finding).remedy
    return remedy.isEmpty ? nil : remedy
  }
}

extension Coverage {
  /// The contract in force and what it claims, e.g. `vllm: 91 of 96 lines`.
  var contractSummary: String {
    let sources = contract.split(separator: ", ").map(String.init).map { source in
      let shares = claims?[source]?.shares ?? []
      return shares.isEmpty ? source : "\(source): \(Figures.list(shares))"
    }
    return sources.joined(separator: "; ")
  }

  /// Who produced what was read. A file of a configuration has no other subject than itself.
  var origin: String {
    if let subject { return subject }
    switch sink.kind {
    case .rules, .dashboard, .template, .config: return "configuration"
    case .text where surface == .config: return "configuration"
    default: return "unknown origin"
    }
  }
}

extension ClaimTally {
  /// What there was of each kind, and how much of it was claimed.
  fileprivate var shares: [String] {
    [("families", families), ("label values", values), ("lines", lines)].filter { $0.1.all > 0 }
      .map { "\(Figures.grouped($0.1.claimed)) of \(Figures.grouped($0.1.all)) \($0.0)" }
  }
}

extension Severity {
  /// One line for a reader who doesn't know the word.
  var meaning: String {
    switch self {
    case .content: "Judged conversation, or a canary."
    case .exposure: "A way by which content could flow, or something that nothing claims."
    case .hygiene: "Bad practice that opens no way for content by itself."
    }
  }
}

extension ExitStatus {
  var meaning: String {
    switch self {
    case .clean: "clean"
    case .findings: "findings at or over the gate"
    case .usage: "usage or policy error"
    case .incomplete: "incomplete"
    case .unreachable: "a named target never answered"
    case .internal: "a defect of Sigilo"
    }
  }
}

extension SealedBundle {
  var summary: String {
    "\(state), \(Figures.count(files.count, "file")), \(Figures.bytes(files.reduce(0) { $0 + $1.size }))"
  }
}
