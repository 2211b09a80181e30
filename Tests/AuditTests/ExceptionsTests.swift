import Testing
import Vocabulary

@testable import Audit

@Suite struct ExceptionsTests {
  static func apply(until: String, isWhole: Bool = true, fingerprint: String = "a") -> [Finding] {
    Exceptions.apply(
      [Exception(fingerprint: fingerprint, owner: "dpo", reason: "agreed", until: until)],
      to: [FindingTableTests.finding("a")], today: "2026-11-22", isWhole: isWhole, policyPath: "exceptions.yaml")
  }

  @Test func acceptsUpToItsLastDay() {
    #expect(Self.apply(until: "2026-11-22").map { $0.accepted != nil } == [true])
  }

  @Test func anExpiredOneAcceptsNothingAndFails() {
    let findings = Self.apply(until: "2026-11-21")
    #expect(findings[0].accepted == nil)
    #expect(findings.last?.rule == "exception-expired" && findings.last?.severity == .exposure)
  }

  @Test func anUnusedOneIsSaidOnlyByAWholeRun() {
    #expect(Self.apply(until: "2027-01-01", fingerprint: "z").last?.rule == "exception-unused")
    #expect(Self.apply(until: "2027-01-01", isWhole: false, fingerprint: "z").count == 1)
  }
}
