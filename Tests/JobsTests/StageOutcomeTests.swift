import Audit
import Reporting
import Testing
import Vocabulary

@testable import Jobs

@Suite struct StageOutcomeTests {
  let names = NameGuard(known: [], key: FingerprintKey(bytes: Array(repeating: 3, count: 32)))

  @Test func aCheckThatCouldNotBeTriedIsARemarkAndNoPass() {
    var outcome = StageOutcome()
    outcome.add(
      [
        Check(stage: "bundle", name: "a", outcome: .passed),
        Check(stage: "bundle", name: "b", outcome: .skipped, detail: "rules of Loki's ruler (LogQL)"),
      ], names: names)
    #expect(outcome.checks.map(\.name) == ["a"])
    #expect(outcome.findings.sorted.map(\.rule) == ["not-exercised"])
    #expect(outcome.findings.sorted.allSatisfy { $0.severity == .hygiene })
  }

  @Test func aFindingAtTheGateMarksTheStageFailed() {
    var outcome = StageOutcome()
    #expect(outcome.mark == .passed)
    outcome.coverage.append(
      Coverage(sink: Sink(.logFile, "a"), surface: .log, outcome: .incomplete, format: "text"))
    #expect(outcome.mark == .skipped)
    outcome.findings.add(
      Finding(
        rule: "r", severity: .exposure, sink: Sink(.config, "a"), surface: .config, message: "m", remedy: nil,
        at: Location(), names: names))
    #expect(outcome.mark == .failed)
  }

  @Test func outcomesAddUp() {
    var sum = StageOutcome()
    for name in ["a", "b"] {
      var part = StageOutcome()
      part.checks = [Check(stage: "s", name: name, outcome: .passed)]
      part.engines = [.init(name: "promtool", version: "2.42.0")]
      sum.add(part)
    }
    #expect(sum.checks.map(\.name) == ["a", "b"])
    #expect(sum.engines.count == 1, "a program that took part twice is named once")
  }
}
