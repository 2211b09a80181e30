import Policy
import Testing
import Vocabulary

@testable import Detection

@Suite struct JudgeTests {
  @Test func nothingSeenIsNil() throws {
    let judge = try policyJudge()
    #expect(judge.judge("") == nil)
    #expect(judge.judge("INFO:     127.0.0.1:59898 - \"POST /v1/chat/completions HTTP/1.1\" 200 OK") == nil)
  }

  @Test(arguments: ["oncall@example.org", "111.444.777-35", "sk-proj-0000000000000000000000000000abcd"])
  func personalDataAloneInAConfigIsNoConversation(text: String) throws {
    let judgement = try #require(try policyJudge().judge(text, .config))
    #expect(!judgement.isContent && judgement.evidence.count == 1)
  }

  @Test func evidenceIsSummed() throws {
    let judge = try policyJudge()
    let judgement = try #require(judge.judge("CNPJ 11.222.333/0001-81, maria.tupi@example.org"))
    #expect(judgement.isContent)
    #expect(judgement.evidence.map(\.detector) == ["cnpj", "email"])
    #expect(judgement.logOdds == judgement.evidence.reduce(0) { $0 + $1.weight })
    #expect(judgement.leadingRule == "cnpj")
    #expect(judge.judge("maria.tupi@example.org")?.isContent == false)
  }

  /// What begins shortly behind a run of digits is another run's, and the pattern sees all of it.
  @Test func aRunEndsWhereItEnds() throws {
    let text = "5555555555555555 ;" + "+55" + String(repeating: "5", count: 31) + "=="
    #expect(try policyJudge().judge(text)?.evidence.contains { $0.detector == "phone" } != true)
    #expect(try policyJudge().judge(text + " +55 11 98765-4321")?.evidence.contains { $0.detector == "phone" } == true)
  }

  @Test func evidenceSaysWhereItStands() throws {
    let evidence = try #require(try policyJudge().judge(#"x \"é\" CPF 111.444.777-35"#)?.evidence.first)
    #expect(evidence.start == 13 && evidence.end == 27 && evidence.decodings.isEmpty)
  }

  @Test func whatWeighsAgainstCounts() throws {
    let judge = try policyJudge()
    #expect(judge.judge("ConnectionResetError(104, 'Connection reset by peer')", .label)?.isContent != true)
    #expect(judge.judge("x509: certificate signed by unknown authority", .label)?.isContent != true)
    #expect(judge.judge("resuma o laudo da paciente por favor", .label)?.isContent == true)
  }

  @Test func slotsAndSurfacesDecideWhichRulesApply() throws {
    let judge = try policyJudge()
    let sentence = "Number of requests that the engine is waiting to process"
    #expect(judge.judge(sentence, .label, .labelValue)?.isContent == true)
    for (surface, slot) in [(Surface.label, Slot.help), (.config, .scalar), (.alert, .annotation), (.log, .line)] {
      #expect(judge.judge(sentence, surface, slot) == nil)
    }
  }

  /// What was judged before must not change a verdict: HELP is remembered as HELP.
  @Test func aTextIsJudgedAlikeWhateverWasJudgedBefore() throws {
    let sentence = "Total number of bandwidth counters for all lanes of the link."
    let expected = try #require(try policyJudge().judge(sentence, .label, .scalar))
    let judge = try policyJudge()
    #expect(judge.judge(sentence, .label, .help) == nil)
    #expect(judge.judge(sentence, .label, .scalar) == expected)
  }

  /// A title or the text of a link is shorter than what can be told by itself.
  @Test func threeWordsThatStandAloneInAConfigAreNoConversation() throws {
    let judge = try policyJudge()
    #expect(judge.judge("Ver no painel", .log, .line)?.isContent == true)
    #expect(judge.judge("Ver no painel", .config, .scalar) == nil)
    #expect(judge.judge("Como vai você hoje, minha querida amiga?", .config, .scalar)?.isContent == true)
  }

  @Test func thresholdsBelongToThePolicy() throws {
    var settings = try PolicySet.embedded().detection
    settings.thresholds[.log] = 1
    let judge = Judge(try Detectors(settings), canaries: nil)
    #expect(judge.judge("maria.tupi@example.org")?.isContent == true)
    settings.disabled = ["email"]
    #expect(Judge(try Detectors(settings), canaries: nil).judge("maria.tupi@example.org") == nil)
  }

  @Test func withoutBothProofsNothingIsLookedAt() throws {
    var settings = try PolicySet.embedded().detection
    settings.maximumDecoded = 64
    let judge = Judge(try Detectors(settings), canaries: nil, without: [.detection])
    #expect(judge.judge("v=" + base64(String(repeating: "uma vez ", count: 20))) == nil)
  }

  @Test func aRuleThatALimitStopsIsUndecided() throws {
    let rule = PatternRule(
      id: "slow", title: "t", rationale: "r", remedy: "m", method: .pattern("(a+)+$"), weight: 5, needs: ["a"])
    let judge = Judge(try Detectors(DetectionSettings(rules: [rule])), canaries: nil)
    let judgement = try #require(judge.judge(String(repeating: "a", count: 60) + "!"))
    #expect(judgement.undecided == ["slow"] && judgement.evidence.isEmpty && !judgement.isContent)
    #expect(judge.judge("b") == nil)
  }

  @Test func aRunTooLongToBeDecodedIsUndecided() throws {
    var settings = try PolicySet.embedded().detection
    settings.maximumDecoded = 64
    settings.rules = []
    let judge = Judge(try Detectors(settings), canaries: nil)
    #expect(judge.judge("v=" + base64(String(repeating: "uma vez ", count: 20)))?.undecided == ["decoding"])
    #expect(judge.judge("v=" + base64("era uma vez um rei e mais nada")) == nil)
  }

  @Test func aRuleThatDoesNotCompileIsAUsageFault() {
    let rule = PatternRule(
      id: "broken", title: "t", rationale: "r", remedy: "m", method: .pattern("a(b"), weight: 1, needs: ["a"],
      place: Location(path: "patterns/x.yaml", line: 7, column: 3))
    do {
      _ = try Detectors(DetectionSettings(rules: [rule]))
      Issue.record("compiled")
    } catch {
      #expect(error.status == .usage && error.problem.contains("broken") && error.problem.contains("byte 3"))
      #expect(error.place?.line == 7)
    }
  }

  @Test func linesAreJudgedAsTheyAreAlone() throws {
    let judge = try policyJudge()
    let lines = ["", "CPF 111.444.777-35", "benign", "mail maria.tupi@example.org\r", "", "x 111.444.777-35"]
    var seen: [Range<Int>: Judgement] = [:]
    Array(lines.joined(separator: "\n").utf8).withUnsafeBytes { bytes in
      judge.judgeLines(bytes, surface: .log, slot: .line) { seen[$0] = $1 }
    }
    #expect(seen.keys.sorted { $0.lowerBound < $1.lowerBound } == [1..<19, 27..<54, 57..<73])
    for (range, judgement) in seen {
      let text = Array(lines.joined(separator: "\n").utf8)[range]
      #expect(judge.judge(Array(text), surface: .log, slot: .line) == judgement)
    }
  }

  @Test func oneSpecimenLeavesNothingBehindForTheNext() throws {
    let judge = try policyJudge(canaries: CanarySet(markers: ["dorivaleno"]))
    let first = judge.judge("CPF 111.444.777-35 dorivaleno")
    #expect(judge.judge("benign line") == nil)
    #expect(judge.judge("CPF 111.444.777-35 dorivaleno") == first)
  }

  /// What language was found to weigh too little is remembered, and only that.
  @Test func theSameTextIsJudgedAlikeAgain() throws {
    let judge = try policyJudge()
    for text in ["session opened for user: root by assistant", "what can the next step be here", "ready to serve"] {
      let first = judge.judge(text)
      #expect(judge.judge(text) == first)
      #expect(judge.judge("benign") == nil && judge.judge(text) == first)
    }
  }

  @Test func judgesOnManyTasksAgree() async throws {
    let detectors = try Detectors(try PolicySet.embedded().detection)
    let texts = try PolicySet.embedded().detection.rules.flatMap(\.examples)
    let alone = texts.map { Judge(detectors, canaries: nil).judge($0.text, $0.surface, $0.slot) }
    let together = await withTaskGroup(of: [Judgement?].self) { group in
      for _ in 0..<4 {
        group.addTask {
          let judge = Judge(detectors, canaries: nil)
          return texts.map { judge.judge($0.text, $0.surface, $0.slot) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for judgements in together { #expect(judgements == alone) }
  }
}
