import Testing
import Vocabulary

@testable import Contracts

@Suite("Learning forms of lines")
struct LineLearningTests {
  @Test func aFormThatIsSeenOftenIsClaimedWithOtherValues() throws {
    let learned = try Learned(repeated { "Loading weights took \($0).41 seconds on rank \($0)" })
    #expect(learned.templates == ["Loading weights took {float} seconds on rank {int}"])
    #expect(try learned.unclaimed(["Loading weights took 7 seconds on rank 123"]) == [])
    #expect(try learned.unclaimed(["Loading weights took my seconds on rank 1"]) == [0])
  }

  @Test func aFormThatIsSeenTwiceIsNeitherClaimedNorWrittenDown() throws {
    let learned = try Learned(repeated(2) { "The quick brown fox \($0)" })
    #expect(learned.templates.isEmpty && learned.undecided == ["{?}"])
    #expect(!learned.text.contains("quick") && learned.summary.decisions.map(\.count) == [2])
  }

  @Test(arguments: [
    "session opened for user mariana by uid 0", "login of user=mariana ok", "model \"mariana\" loaded",
    #"{"level":"info","owner":"mariana"}"#, "prompt: mariana pergunta", "ValueError: mariana", "GET /mariana",
    "loaded from mariana.example.com", "mail to mariana@casa", "pergunta é mariana", "id a8Fk29mariana",
    "tokens [101, 2023, 7, 12]",
  ])
  func whatMayBeAPersonsIsNeverWrittenDownHoweverOftenItStandsThere(_ line: String) throws {
    let learned = try Learned(repeated(50) { "worker \($0): " + line })
    #expect(learned.templates.isEmpty && !learned.undecided.isEmpty)
    #expect(!learned.text.contains("mariana") && !learned.text.contains("2023"))
  }

  @Test func aNameAfterAWordSuchAsUserIsTheProgramsWhereItStandsElsewhere() throws {
    let lines = repeated { "waiting for application \($0)" }
    #expect(try Learned(lines).templates.isEmpty)
    #expect(try Learned(lines + repeated { "application \($0) started" }).unclaimed(lines) == [])
  }

  @Test func valuesThatVaryAreListedOnlyWhereEachIsSeenOften() throws {
    let often = repeated(3) { "file \($0) was opened again" } + repeated(3) { "file \($0) was closed again" }
    #expect(try Learned(often).templates == ["file {int} was {enum:closed|opened} again"])
    let once = try Learned(often + ["file 9 was kicked again"])
    #expect(once.undecided == ["file {int} was {?} again"] && !once.text.contains("kicked"))
  }

  /// What a load test repeats is no program's message.
  @Test(arguments: [
    "resuma o laudo da paciente", "senha do wifi", "chest pain radiating left arm", "my request failed", "bolo",
    "the suspect fled northwards", "a poem about autumn evenings", "MINHA SENHA", "tell me how to reset it",
  ])
  func messagesThatDontSpeakOfOperationAreNotWrittenDown(_ text: String) throws {
    for carrier in [
      "12:00:07 worker 1 said \(text)", "\(text) 17", "{\"n\":17,\"msg\":\"\(text)\"}", "queue: \(text) took 17ms",
    ] {
      let learned = try Learned(repeated(30) { carrier.replacing("17", with: "1\($0)") })
      #expect(learned.templates.isEmpty, "\(carrier.count)")
      for word in text.split(separator: " ") where word.utf8.count > 3 {
        #expect(!learned.undecided.joined().contains(word))
      }
    }
  }

  @Test func wordsOfConversationAreNotLearnedFromOtherLinesEither() throws {
    let lines = repeated { "queue \($0) ready frobnicate" } + ["please frobnicate"]
    #expect(try Learned(lines).text.contains("frobnicate"))
    #expect(try !Learned(lines) { $0.hasPrefix("please") }.text.contains("frobnicate"))
  }

  @Test func whatStandsAroundConversationIsTheProgramsAllTheSame() throws {
    let lines = repeated { "(EngineCore frob=\($0)) queue \($0) ready" }
    let learned = try Learned(lines + ["(EngineCore frob=7) please help"]) { $0.contains("please") }
    #expect(learned.templates == ["(EngineCore frob={int}) queue {int} ready"])
  }

  @Test func typesOfOnePlaceBecomeTheOneThatTakesAll() throws {
    let learned = try Learned(repeated { "took \($0)" } + repeated { "took \($0).5" })
    #expect(learned.templates == ["took {float}"])
  }

  @Test func typedValuesAreTold() throws {
    let learned = try Learned(
      repeated { digit in
        "2026-01-0\(digit)T03:04:05Z [main.py:\(digit)] 10.0.0.\(digit):80\(digit) \(digit)0% \(digit)ms 0xdead\(digit) "
          + "123e4567-e89b-42d3-a456-42661417400\(digit) 1,23\(digit) c0ffee1234\(digit)"
      })
    #expect(
      learned.templates == [
        "{timestamp} [{source}] {ip}:{int} {percent} {duration} 0x{hex:5} {uuid} {grouped} {hex:11}"
      ])
  }

  @Test func keysAreWordsAndValuesAreNot() throws {
    let learned = try Learned(
      repeated {
        #"ts=2026-01-02T03:04:0\#($0)Z caller=main.go:\#($0) level=info msg="Server is ready" took=\#($0)ms unit=alpha"#
      })
    #expect(
      learned.undecided == [
        "ts={timestamp} caller={source} level={enum:debug|info|notice|warning|warn|error|critical|fatal|trace} "
          + "msg=\"Server is ready\" took={duration} unit={?}"
      ])
  }

  @Test func objectsAreReadKeyByKey() throws {
    let learned = try Learned(repeated { #"{"level":"info","msg":"engine started","ok":true,"n":\#($0)}"# })
    #expect(try learned.unclaimed([#"{"level":"warn","msg":"engine started","ok":false,"n":77}"#]) == [])
    #expect(try learned.unclaimed([#"{"level":"warn","msg":"engine stopped","ok":false,"n":77}"#]) == [0])
  }

  @Test func theSystemLogsHostIsTheInventorysToName() throws {
    let lines = repeated(12) { "Jan \($0 < 10 ? " " : "")\($0) 03:04:05 vault-\($0) kernel: device ready" }
    let learned = try Learned(lines, names: FleetNames([.hostname: ["vault-1"]]))
    #expect(learned.templates.count == 1 && learned.templates[0].contains(" {hostname} kernel: device ready"))
    #expect(!learned.text.contains("vault"))
    #expect(learned.summary.hosts == 12 && learned.summary.undeclaredHosts == 11)
    #expect(try learned.unclaimed(Array(lines.prefix(2))) == [1])
  }

  @Test func namesOfTheInventoryAreReferred() throws {
    let names = FleetNames([.model: ["chat-large"]])
    let learned = try Learned(repeated { "loaded chat-large in \($0)s" }, names: names)
    #expect(learned.templates == ["loaded {model} in {duration}"])
  }

  @Test func aTracebackIsOneRecord() throws {
    let trace = repeated(4) {
      "worker \($0) died\nTraceback (most recent call last):\n  File \"x.py\", line \($0)\n    return call()\nKeyError"
    }
    let learned = try Learned(trace.flatMap { $0.split(separator: "\n").map(String.init) })
    let clause = try #require(learned.contract.logs.first { $0.lines[0].text.hasPrefix("Traceback") })
    #expect(clause.continuations.map(\.text).contains("{spaces}return call()"))
    #expect(clause.continuations.map(\.text).contains("KeyError"))
    #expect(try learned.unclaimed(["    return call()"]) == [0])
    #expect(try learned.unclaimed(["Traceback (most recent call last):", "    return call()", "KeyError"]) == [])
  }

  @Test func aCarriageReturnIsNoPartOfALine() throws {
    let lines = repeated { "ready \($0)" }
    #expect(try Learned(lines.map { $0 + "\r" }).text == Learned(lines).text)
  }

  @Test func signsThatTemplatesUseAreWrittenAsThemselves() throws {
    let lines = repeated { "[[\($0)]] {a} '{\($0)}' \u{1B}[1;3\($0)mx\u{1B}[0m" }
    let learned = try Learned(lines)
    #expect(learned.templates.count == 1)
    #expect(try learned.unclaimed(lines) == [])
  }

  @Test func conversationIsLeftOutAndItsPlaceTold() throws {
    let lines = repeated { "ready \($0)" } + repeated { "please help me \($0)" }
    let learned = try Learned(lines) { $0.contains("help") }
    #expect(!learned.text.contains("help") && learned.summary.content == 5)
    #expect(learned.summary.contentPlaces.map(\.description).first == "sample.log:6")
  }

  @Test func aTemplateThatReadsLikeConversationIsNotClaimed() throws {
    let learned = try Learned(repeated { "stopping worker 1\($0)" }) { $0 == "stopping worker 7" }
    #expect(learned.templates.isEmpty && !learned.text.contains("stopping"))
  }

  @Test func whatStandsInQuotesIsOneValueOfHoweverManyWords() throws {
    let learned = try Learned(repeated { "agent \"" + String(repeating: "a b ", count: $0) + "c\" ready" })
    #expect(learned.undecided == ["agent \"{?}\" ready"] && learned.summary.decisions.map(\.count) == [5])
  }

  @Test func linesInAnyEncodingAndOfAnyLengthAreTaken() throws {
    let long = String(repeating: "word ", count: 2_000)
    let learned = try Learned([
      long, long, long, "\u{0}\u{1}", "\t", "日本語", "=", "\"", "'", "[[", "{{{", "a=", "a=\"", ":",
    ])
    #expect(learned.templates.allSatisfy { $0.utf8.count < 4_096 })
  }
}
