import Testing
import Vocabulary

@testable import Detection

@Suite struct LanguageReasonsTests {
  private let text = "como eu faço para conversar com a minha irmã depois da briga, você pode me ajudar?"

  @Test func saysWhatMovedTheScoreAndNoneOfTheText() throws {
    let judge = try policyJudge()
    let bytes = Array(text.utf8)
    let judgement = try #require(judge.judge(text))
    let evidence = bytes.withUnsafeBytes {
      judge.explained(judgement.evidence, of: $0, surface: .log, slot: .line)
    }
    let language = try #require(evidence.first { $0.detector == "language" })
    let reasons = try #require(language.reasons)
    #expect(reasons.contains { $0.hasPrefix("wording +") })
    #expect(reasons.contains("a question mark") && reasons.contains { $0.hasSuffix("function words") })
    #expect(evidence.filter { $0.detector != "language" }.allSatisfy { $0.reasons == nil })
    for word in text.split(separator: " ") where word.count > 4 { #expect(!reasons.contains { $0.contains(word) }) }
  }

  /// The parts that are named are the score, taken apart.
  @Test(arguments: [Surface.label, .log, .alert, .config])
  func thePartsAddUpToTheScore(surface: Surface) {
    let scorer = LanguageScorer()
    for text in [text, String(repeating: "INFO: engine is ready. ", count: 800) + text] {
      Array(text.utf8).withUnsafeBytes { bytes in
        let score = scorer.score(bytes, surface: surface).logOdds
        let parts = scorer.reasons(bytes, surface: surface).compactMap { reason in
          reason.split(separator: " ").last.flatMap { $0.first == "+" || $0.first == "-" ? Double($0) : nil }
        }
        #expect(abs(parts.reduce(0, +) - score) < 0.25)
      }
    }
  }

  /// A label's value is explained as it was judged: with its name; a comment as what it says.
  @Test func theReasonsAreThoseOfTheScore() throws {
    let judge = try policyJudge()
    func explained(_ text: String, _ surface: Surface, _ slot: Slot, _ name: String?) throws -> Evidence {
      try Array(text.utf8).withUnsafeBytes { text in
        try Array((name ?? "").utf8).withUnsafeBytes { bytes in
          let name = name == nil ? nil : bytes
          let judgement = try #require(judge.judge(text, surface: surface, slot: slot, name: name))
          let all = judge.explained(judgement.evidence, of: text, surface: surface, slot: slot, name: name)
          return try #require(all.first { $0.detector == "language" })
        }
      }
    }
    let cases: [(String, Surface, Slot, String?, offset: Double)] = [
      ("weather in the north", .label, .labelValue, "title", 1.7),
      ("# the future of my garden in spring", .config, .comment, nil, 1.75 - 1.8),
    ]
    for (text, surface, slot, name, offset) in cases {
      let language = try explained(text, surface, slot, name)
      let parts = try #require(language.reasons).compactMap { reason in
        reason.split(separator: " ").last.flatMap { $0.first == "+" || $0.first == "-" ? Double($0) : nil }
      }
      #expect(language.weight < LanguageJudge.mostWeight)
      #expect(abs(parts.reduce(0, +) + offset - language.weight) < 0.25)
    }
  }
}
