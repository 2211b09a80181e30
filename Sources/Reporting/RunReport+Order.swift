import Vocabulary

extension RunReport {
  /// Gravest first, then by rule, sink, fingerprint and what accepts them, so that the order says nothing about which worker was faster.
  var sortedFindings: [Finding] {
    findings.sorted { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      if left.rule != right.rule { return left.rule < right.rule }
      if left.sink != right.sink { return left.sink < right.sink }
      if left.fingerprint != right.fingerprint { return left.fingerprint < right.fingerprint }
      // A group of which a comment accepts a part is two.
      return (left.accepted?.order ?? "") < (right.accepted?.order ?? "")
    }
  }

  /// By sink, then surface.
  var sortedCoverage: [Coverage] {
    coverage.sorted { left, right in
      if left.sink != right.sink { return left.sink < right.sink }
      return (left.surface.rawValue, left.format) < (right.surface.rawValue, right.format)
    }
  }

  var sortedEngines: [Engine] { engines.sorted { ($0.name, $0.version) < ($1.name, $1.version) } }

  /// Stages in the order in which they first appear, each with its checks.
  var stages: [(name: String, checks: [Check], worst: Check.Outcome)] {
    var order: [String] = []
    var byStage: [String: [Check]] = [:]
    for check in checks {
      if byStage[check.stage] == nil { order.append(check.stage) }
      byStage[check.stage, default: []].append(check)
    }
    return order.map { name in
      let checks = byStage[name] ?? []
      let worst = [Check.Outcome.failed, .skipped].first { outcome in checks.contains { $0.outcome == outcome } }
      return (name, checks, worst ?? .passed)
    }
  }

  /// Findings that nothing accepts, of one severity.
  func open(_ severity: Severity) -> [Finding] {
    findings.filter { $0.severity == severity && $0.accepted == nil }
  }

  /// Findings that nothing accepts and that stand at or over the gate.
  var atGate: Int { findings.count { $0.accepted == nil && $0.severity >= gate } }

  func sinks(_ outcome: Coverage.Outcome) -> [Coverage] { sortedCoverage.filter { $0.outcome == outcome } }

  /// `created` as RFC 3339 in UTC.
  var createdText: String? { created.map(Calendar.timestamp) }
}

/// Dates without Foundation's calendars, whose output depends on the machine's data.
enum Calendar {
  /// Seconds since 1970 as `YYYY-MM-DDTHH:MM:SSZ` (proleptic Gregorian; Howard Hinnant's `civil_from_days`).
  static func timestamp(_ seconds: Int64) -> String {
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let rest = Int(seconds) - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return
      "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))Z"
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
