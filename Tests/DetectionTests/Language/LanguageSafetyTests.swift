import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Detection

/// No bytes make the scorer fail, and its parts agree.
@Suite struct LanguageSafetyTests {
  private static let tricky = Array(
    """
    {"a":"\\u00e9\\ud83d\\ude00\\ud83d","b":'x=%41%zz+y+z' [1, 2,3,99999999999999999] H4sIAAAAAAACA3POL81JUajML1UoyElNLE5VSK0o \
    /chat/Q291bGQgeW91IHBsZWFzZSBleHBsYWlu=== 436f756c6420796f7520706c65617365 \\\\\\\\x4 ñ 語 “q” <a>|&`?b
    """.utf8)

  private func check(_ bytes: [UInt8], _ scorer: LanguageScorer, _ surface: Surface) {
    let score = bytes.withUnsafeBytes { scorer.score($0, surface: surface) }
    #expect(score.logOdds.isFinite)
    #expect(score.region.lowerBound >= 0 && score.region.upperBound <= bytes.count)
  }

  @Test func `every cut of a text full of encodings is scored`() {
    let scorer = LanguageScorer()
    for count in 0...Self.tricky.count {
      check(Array(Self.tricky[..<count]), scorer, .log)
      check(Array(Self.tricky[count...]), scorer, .label)
    }
  }

  @Test func `random and damaged bytes are scored`() {
    let scorer = LanguageScorer()
    var generator = SeededGenerator(7)
    for round in 0..<150 {
      var bytes = Self.tricky
      for _ in 0..<(1 + round % 12) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      check(bytes, scorer, Surface.allCases[round % 4])
      check((0..<round).map { _ in UInt8.random(in: 0...255, using: &generator) }, scorer, .config)
    }
    for byte in UInt8.min...UInt8.max { check([UInt8](repeating: byte, count: 70), scorer, .log) }
  }

  /// What the trainer weighs is what the scorer adds up.
  @Test(arguments: Surface.allCases)
  func `the features of training sum to the score`(_ surface: Surface) {
    let model = LanguageModel.embedded
    let scorer = LanguageScorer(model: model)
    let reading = LanguageReading()
    Self.tricky.withUnsafeBytes { bytes in
      reading.read(bytes, surface: surface)
      var whole: Float = 0
      reading.forEachWhole { feature, value in
        whole += value * model.wholeStep[Int(UInt8(bitPattern: model.whole[Int(feature) & (model.whole.count - 1)]))]
      }
      var carried = -Float.infinity
      scorer.forEachSum(of: reading) { stretch, sum in
        var own: Float = 0
        reading.forEachCarried(stretch) { feature, value in
          own +=
            value * model.carriedStep[Int(UInt8(bitPattern: model.carried[Int(feature) & (model.carried.count - 1)]))]
        }
        #expect(abs(own - sum) < 0.01)
        carried = max(carried, sum)
      }
      let parts = scorer.parts(bytes, surface: surface)
      #expect(abs(parts.whole - whole) < 0.01)
      #expect(parts.carried == carried)
    }
  }
}
