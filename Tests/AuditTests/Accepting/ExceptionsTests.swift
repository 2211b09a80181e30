import Detection
import Policy
import Testing
import Vocabulary

@testable import Audit

@Suite struct ExceptionsTests {
  static func apply(
    until: String = "2027-01-01", fingerprint: String = "a", rule: String? = nil, sink: Sink? = nil,
    extent: RunExtent = RunExtent(known: [], rules: [], all: ["vllm"]), unread: [UnreadException] = []
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
    for findings in [Self.apply(rule: "q"), Self.apply(sink: Sink(.exporter, "vllm"))] {
      #expect(findings[0].accepted == nil && findings.last?.rule == "exception-unused")
    }
    // Where an audit never looks, it knows nothing of what is used.
    let elsewhere = Self.apply(sink: Sink(.loki, "loki.example"))
    #expect(elsewhere.count == 1 && elsewhere[0].accepted == nil)
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

  /// Reports print owner and reason.
  @Test func oneWhoseReasonReadsLikeConversationAcceptsNothing() throws {
    func exception(_ reason: String) -> Exception {
      Exception(fingerprint: reason, owner: "ana@example.org", reason: reason, until: "2027-01-01")
    }
    let said = exception("meu cunhado esconde vinhos raros no porão da fazenda, o que eu faço?")
    let usual = [
      "address of the duty rota", "agreed with the DPO until the move to Alloy is done, see OPS-1234",
      "o rótulo só traz o nome do modelo; aceito até a troca do Promtail em janeiro",
    ].map(exception)
    let detectors = try Detectors(try PolicySet.embedded().detection)
    let guarded = ExceptionSet(usual + [said]).guarded(by: detectors)
    let kept = guarded.entries.map { usual.firstIndex(of: $0) ?? 3 }
    #expect(kept == [0, 1, 2] && guarded.unread.count == 1)
    #expect(!guarded.unread[0].problem.contains("cunhado"))
  }

  @Test func oneThatCannotBeReadFails() {
    let unread = UnreadException(problem: "until is missing", place: Location(path: "e.yaml", line: 9))
    let findings = Self.apply(unread: [unread])
    #expect(findings.last?.rule == "exception-malformed" && findings.last?.severity == .exposure)
    #expect(findings.last?.locations.first?.line == 9)
  }
}
