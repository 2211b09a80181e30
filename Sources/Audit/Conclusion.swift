public import Vocabulary

/// What findings and coverage together say.
public struct Conclusion: Sendable, Hashable {
  public var verdict: Verdict
  public var status: ExitStatus
  /// False where some bytes were judged by no detector, also when findings already decide the verdict.
  public var isComplete: Bool

  /// - Parameters:
  ///   - uncounted: sightings that found no room in the table.
  ///   - checks: what the stages tried; a failed check fails the run, a skipped one leaves it incomplete.
  ///   - gate: the least severity that fails.
  public init(findings: [Finding], uncounted: Int, coverage: [Coverage], checks: [Check], gate: Severity) {
    var statuses: [ExitStatus] = []
    let hasFailed =
      findings.contains { $0.accepted == nil && $0.severity >= gate } || checks.contains { $0.outcome == .failed }
    if hasFailed { statuses.append(.findings) }
    if coverage.contains(where: { $0.outcome == .unreachable }) { statuses.append(.unreachable) }
    let isCutShort =
      coverage.contains { $0.outcome == .incomplete } || uncounted > 0 || coverage.isEmpty
      || checks.contains { $0.outcome == .skipped }
    if isCutShort { statuses.append(.incomplete) }
    isComplete = !statuses.contains(.incomplete) && !statuses.contains(.unreachable)
    status = ExitStatus.strongest(statuses)
    verdict = hasFailed ? .fail : isComplete ? .pass : .incomplete
  }
}
