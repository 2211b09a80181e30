import Testing
import Vocabulary

@testable import Audit

@Suite struct ConclusionTests {
  static let judged = Coverage(sink: Sink(.logFile, "a"), surface: .log, outcome: .judged, format: "text")
  static let content = FindingTableTests.finding("a")

  static func coverage(_ outcome: Coverage.Outcome) -> Coverage {
    Coverage(sink: Sink(.logFile, "b"), surface: .log, outcome: outcome, format: "text")
  }

  static func conclude(
    _ findings: [Finding] = [], uncounted: Int = 0, coverage: [Coverage] = [judged], checks: [Check] = [],
    gate: Severity = .exposure
  ) -> Conclusion {
    Conclusion(findings: findings, uncounted: uncounted, coverage: coverage, checks: checks, gate: gate)
  }

  @Test func nothingFoundIsAPass() {
    let conclusion = Self.conclude()
    #expect(conclusion.verdict == .pass && conclusion.status == .clean && conclusion.isComplete)
  }

  @Test func nothingLookedAtIsNoPass() {
    #expect(Self.conclude(coverage: []).verdict == .incomplete)
    #expect(Self.conclude(coverage: []).status == .incomplete)
  }

  @Test(arguments: Severity.allCases, Severity.allCases)
  func theGateDecides(severity: Severity, gate: Severity) {
    var finding = Self.content
    finding.severity = severity
    let conclusion = Self.conclude([finding], gate: gate)
    #expect((conclusion.status == .findings) == (severity >= gate))
  }

  @Test func anAcceptedFindingDoesNotFail() {
    var finding = Self.content
    finding.accepted = .exception(Exception(fingerprint: "a", owner: "o", reason: "r", until: "2999-01-01"))
    #expect(Self.conclude([finding]).verdict == .pass)
  }

  @Test func findingsWinOverIncompleteAndJSONStillSaysSo() {
    let conclusion = Self.conclude([Self.content], coverage: [Self.judged, Self.coverage(.incomplete)])
    #expect(conclusion.status == .findings && conclusion.verdict == .fail && !conclusion.isComplete)
  }

  @Test func eachWayOfBeingCutShortIsIncomplete() {
    #expect(Self.conclude(coverage: [Self.coverage(.incomplete)]).status == .incomplete)
    #expect(Self.conclude(coverage: [Self.coverage(.unreachable)]).status == .unreachable)
    #expect(Self.conclude(uncounted: 1).status == .incomplete)
    #expect(Self.conclude(checks: [Check(stage: "s", name: "n", outcome: .skipped)]).status == .incomplete)
    #expect(Self.conclude(coverage: [Self.coverage(.judgedAsText)]).status == .clean)
  }

  @Test func aFailedCheckFails() {
    #expect(Self.conclude(checks: [Check(stage: "s", name: "n", outcome: .failed)]).status == .findings)
  }
}
