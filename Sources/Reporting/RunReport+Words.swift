import Vocabulary

/// The sentences that more than one format says, so that they say the same.
extension RunReport {
  /// Why the verdict is what it is, one sentence.
  var conclusion: String {
    let open = [Severity.content, .exposure, .hygiene].filter { $0 >= gate }
      .map { ($0, self.open($0).count) }.filter { $0.1 > 0 }
    let failed = checks.count { $0.outcome == .failed }
    var against: [String] = []
    if atGate > 0 {
      let parts = open.map { "\(Figures.grouped($0.1)) \($0.0.rawValue)" }
      against.append(
        "\(Figures.count(atGate, "finding")) at or over the gate (\(gate.rawValue)): \(Figures.list(parts))")
    }
    if uncountedGroups > 0 {
      against.append("\(Figures.count(uncountedGroups, "more finding")) over the limit, counted but not kept")
    }
    if failed > 0 { against.append("\(Figures.count(failed, "check")) failed") }
    let partial = coverage.count { $0.outcome == .incomplete }
    if partial > 0 { against.append("\(Figures.count(partial, "sink was", "sinks were")) judged only in part") }
    let silent = coverage.count { $0.outcome == .unreachable }
    if silent > 0 { against.append("\(Figures.count(silent, "sink")) never answered") }
    if against.isEmpty, verdict == .pass {
      return "No finding at or over the gate (\(gate.rawValue)); all that should have been looked at was judged."
    }
    if against.isEmpty { against = ["not everything could be checked"] }
    let sentence = against.joined(separator: "; ")
    return sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
  }

  /// What became of the sinks, e.g. `41 sinks judged, 3 as text`; the last two only where there are any.
  var coverageSummary: String {
    var parts = [
      "\(Figures.count(coverage.count { $0.outcome == .judged }, "sink")) judged",
      "\(Figures.grouped(coverage.count { $0.outcome == .judgedAsText })) as text",
    ]
    for outcome in [Coverage.Outcome.incomplete, .unreachable] {
      let count = coverage.count { $0.outcome == outcome }
      if count > 0 { parts.append("\(Figures.grouped(count)) \(outcome.rawValue)") }
    }
    let records = coverage.reduce(0) { $0 + $1.records }
    let bytes = coverage.reduce(0) { $0 + $1.bytes }
    return "\(parts.joined(separator: ", ")); \(Figures.count(records, "record")), \(Figures.bytes(bytes))"
  }

  /// Who produced the telemetry, with the number of sinks, e.g. `simulated 12, vLLM 0.9.1 2, unknown origin 3`.
  var subjects: [(name: String, sinks: Int)] {
    var counts: [String: Int] = [:]
    for coverage in coverage { counts[coverage.subject ?? "unknown origin", default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
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
