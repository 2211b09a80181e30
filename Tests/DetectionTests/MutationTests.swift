import Policy
import TestSupport
import Testing
import Vocabulary

@testable import Detection

/// The policy's examples, mangled at random from a fixed seed: what `make fuzz` does for ten minutes, for some seconds.
@Suite struct MutationTests {
  private let examples: [RuleExample]
  private let thresholds: (Surface) -> Double
  private let judge: Judge
  private let reference: Judge

  init() throws {
    let settings = try PolicySet.embedded().detection
    examples = settings.rules.flatMap { $0.examples + $0.counterExamples }
    thresholds = settings.threshold(on:)
    let canaries = CanarySet(markers: ["dorivaleno"])
    judge = try policyJudge(canaries: canaries)
    reference = try policyJudge(canaries: canaries, isReference: true)
  }

  @Test(arguments: UInt64(1)...4)
  func whatHoldsOfEveryInputHolds(seed: UInt64) {
    var random = SeededGenerator(seed)
    for number in 0..<600 {
      let example = examples.randomElement(using: &random)!
      let text = mangled(Array(example.text.utf8), &random)
      judge.beginSource()
      let judgement = judge.judge(text, surface: example.surface, slot: example.slot)
      judge.beginSource()
      #expect(judge.judge(text, surface: example.surface, slot: example.slot) == judgement, "input \(number)")
      reference.beginSource()
      let slow = reference.judge(text, surface: example.surface, slot: example.slot)
      if judgement?.undecided.isEmpty ?? true, slow?.undecided.isEmpty ?? true {
        #expect(judgement?.evidence.map(\.detector) == slow?.evidence.map(\.detector), "input \(number)")
      }
      guard let judgement else { continue }
      for evidence in judgement.evidence {
        #expect(0 <= evidence.start && evidence.start <= evidence.end && evidence.end <= text.count, "input \(number)")
      }
      let isEnough = !judgement.evidence.isEmpty && judgement.logOdds >= thresholds(example.surface)
      #expect(judgement.isContent == (isEnough || judgement.canaryMarkers > 0), "input \(number)")
    }
  }

  /// A few changes of a kind: bytes, pieces of other examples, repetitions, cuts.
  private func mangled(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var text = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...text.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0 where place < text.count: text[place] = UInt8.random(in: 0...255, using: &random)
      case 1: text.insert(contentsOf: Array("\\\"'&%{[=: \u{1B}[é".utf8).shuffled(using: &random).prefix(2), at: place)
      case 2:
        let other = Array(examples.randomElement(using: &random)!.text.utf8)
        text.insert(contentsOf: other.prefix(Int.random(in: 0...other.count, using: &random)), at: place)
      case 3: text.removeSubrange(place..<min(text.count, place + Int.random(in: 1...8, using: &random)))
      default: text.insert(contentsOf: text.prefix(place).suffix(Int.random(in: 1...40, using: &random)), at: place)
      }
    }
    return text
  }
}
