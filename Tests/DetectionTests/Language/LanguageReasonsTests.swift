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
}
