import Policy
import Testing
import Vocabulary

@testable import Audit

@Suite struct ExceptionsTests {
  static func apply(
    until: String = "2027-01-01", fingerprint: String = "a", rule: String? = nil, sink: Sink? = nil,
    extent: RunExtent = RunExtent(known: [], rules: [], isWhole: true), unread: [UnreadException] = []
  ) -> [Finding] {
    var table = FindingTable()
    table.add(FindingTableTests.finding("a"))
    let place = Location(path: "mine/exceptions.yaml", line: 3, column: 5)
    let exception = Exception(
      fingerprint: fingerprint, owner: "dpo", reason: "agreed", until: until, rule: rule, sink: sink, place: place)
    return Acceptances(
      exceptions: ExceptionSet([exception], unread: unread), today: "2026-11-22", extent: extent
    ).apply(to: table)
  }

  @Test func acceptsUpToItsLastDayWithWhoAndWhy() {
    let findings = Self.apply(until: "2026-11-22")
    #expect(findings.count == 1)
    let accepted = findings[0].accepted
    #expect(accepted?.kind == .exception && accepted?.owner == "dpo" && accepted?.reason == "agreed")
    #expect(accepted?.until == "2026-11-22" && accepted?.place?.line == 3)
  }

  @Test func anExpiredOneAcceptsNothingAndFails() {
    let findings = Self.apply(until: "2026-11-21")
    #expect(findings[0].accepted == nil)
    #expect(findings.last?.rule == "exception-expired" && findings.last?.severity == .exposure)
    #expect(findings.last?.locations.first?.line == 3)
  }

  @Test func ruleAndSinkThatItStatesMustFit() {
    let sink = Sink(.logFile, "vllm")
    #expect(Self.apply(rule: "r", sink: sink)[0].accepted != nil)
    for findings in [Self.apply(rule: "q"), Self.apply(sink: Sink(.logFile, "other"))] {
      #expect(findings[0].accepted == nil && findings.last?.rule == "exception-unused")
    }
  }

  @Test func anUnusedOneIsSaidWhereAllWasLookedAtThatItIsAbout() {
    #expect(Self.apply(fingerprint: "z").last?.rule == "exception-unused")
    let part = RunExtent(known: [], rules: ["r"], files: ["vllm": true])
    let (here, there) = (Sink(.logFile, "vllm"), Sink(.logFile, "other"))
    #expect(Self.apply(fingerprint: "z", rule: "r", sink: here, extent: part).last?.rule == "exception-unused")
    for (rule, sink) in [(nil, nil), ("r", nil), (nil, here), ("r", there), ("q", here)] as [(String?, Sink?)] {
      #expect(Self.apply(fingerprint: "z", rule: rule, sink: sink, extent: part).count == 1)
    }
  }

  @Test func oneThatCannotBeReadFails() {
    let unread = UnreadException(problem: "until is missing", place: Location(path: "e.yaml", line: 9))
    let findings = Self.apply(unread: [unread])
    #expect(findings.last?.rule == "exception-malformed" && findings.last?.severity == .exposure)
    #expect(findings.last?.locations.first?.line == 9)
  }
}
