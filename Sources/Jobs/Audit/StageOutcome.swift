import Audit
import Reporting
import Vocabulary

/// What a stage brought: findings, coverage, checks. Outcomes add up to that of the run.
struct StageOutcome: Sendable {
  var findings = FindingTable()
  var coverage: [Coverage] = []
  var checks: [Check] = []
  var substitutions: [Reporting.Substitution] = []
  var engines: [Reporting.Engine] = []
  /// Further files for the report folder, e.g. `live.json`.
  var files: [(name: String, bytes: [UInt8])] = []
  /// One line for the terminal.
  var summary = ""

  mutating func add(_ other: StageOutcome) {
    findings.add(other.findings)
    coverage += other.coverage
    checks += other.checks
    substitutions += other.substitutions
    for engine in other.engines where !engines.contains(engine) { engines.append(engine) }
    files += other.files
  }

  /// Takes over what an auditor gathered while it read these sinks.
  ///
  /// - Parameter isMeasured: false for telemetry of a live run, whose counts differ from run to run.
  mutating func add(_ auditor: Auditor, _ read: [Coverage], isMeasured: Bool = true) {
    findings.add(auditor.table)
    let stated = read.map { auditor.corrected($0) }
    coverage += isMeasured ? stated : stated.map(\.unmeasured)
  }

  /// Takes over checks. One that was skipped because nothing at hand can do it is a remark (`hygiene`) and no check: it must
  /// neither read as a pass nor keep a site from ever passing.
  mutating func add(_ made: [Check], names: NameGuard) {
    for check in made {
      guard check.outcome == .skipped else {
        checks.append(check)
        continue
      }
      findings.add(
        Finding(
          rule: "not-exercised", severity: .hygiene, sink: Sink(.config, check.name), surface: .config,
          message: "This could not be tried: \(check.detail ?? "nothing at hand does it").",
          remedy: "Try it with the program that uses it.", at: Location(), names: names))
    }
  }

  var mark: Check.Outcome {
    let isFailed =
      checks.contains { $0.outcome == .failed }
      || findings.sorted.contains { $0.accepted == nil && $0.severity >= .exposure }
    let isCut =
      checks.contains { $0.outcome == .skipped }
      || coverage.contains { $0.outcome == .incomplete || $0.outcome == .unreachable }
    return isFailed ? .failed : isCut ? .skipped : .passed
  }
}
