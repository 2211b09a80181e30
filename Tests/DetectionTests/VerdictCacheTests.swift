import Foundation
import Policy
import TestSupport
import Testing
import Vocabulary

@testable import Detection

/// A judge that remembers must judge as the reference does, which runs every pattern on every text and remembers nothing.
@Suite struct VerdictCacheTests {
  /// Texts that differ in their digits alone, the first of which is no content: what is remembered of it must not hide the
  /// second.
  @Test(arguments: [
    ("sou a paciente, CPF 111.444.777-36", "sou a paciente, CPF 111.444.777-35"),
    ("meu CPF é 11144477736", "meu CPF é 11144477735"),
    ("card 5555-5555-5555-4443 was refused by 10.0.0.1", "card 5555-5555-5555-4444 was refused by 10.0.0.1"),
    ("0 rows in 2539 1488 0343 6467 of queue", "0 rows in 4539 1488 0343 6467 of queue"),
    (
      "ids=[1, 2, 3, 4, 5, 6, 7, 8, 9]  prompt_token_ids: [1, 2]",
      "ids=[1, 2, 3, 4, 5, 6, 7, 8, 9]  prompt_token_ids: [9, 2]"
    ),
    (
      "tensor [10000, 10001, 10002, 10003, 10004, 10005, 10006, 10007, 10008, 10009, 10010, 10011, 10012, 10013, 10014, 10015, 10016]",
      "tensor [10000, 00501, 40002, 00003, 90004, 00505, 10006, 00107, 20008, 00209, 10010, 00311, 70012, 00013, 10014, 00015, 30016]"
    ),
    (
      "payload 00000000000000000000000000000000000000000000 end",
      "payload 48656070702074686572650048656070702074686572 end"
    ),
    ("GET /v1/get?q=%00a%00b%00c%00d HTTP", "GET /v1/get?q=%20a%20b%20c%20d HTTP"),
    (#"text \u0000 as \u0001 ids"#, #"text \u0041 as \u0031 ids"#),
  ])
  func otherDigitsAreJudgedAnew(first: String, second: String) throws {
    let reference = try policyJudge(isReference: true)
    let judge = try policyJudge()
    for text in [first, second, first, second] {
      #expect(judge.judge(text) == reference.judge(text))
    }
  }

  /// Every rule's examples with other digits, in other case, spliced and cut, each judged before and after its like.
  @Test func everyRulesExamplesAreJudgedAsByTheReference() throws {
    let detectors = try Detectors(PolicySet.embedded().detection)
    let judge = Judge(detectors, canaries: nil)
    let brief = Judge(detectors, canaries: nil, tellingContentOnly: true)
    let reference = try policyJudge(isReference: true)
    var generator = SeededGenerator(20)
    let rules = try PolicySet.embedded().detection.rules
    let all = rules.flatMap { $0.examples + $0.counterExamples }
    for rule in rules {
      var isFound = false
      for example in rule.examples + rule.counterExamples {
        let text = Array(example.text.utf8.prefix(1_500))
        for turn in 0..<6 {
          let changed =
            turn == 0
            ? text
            : Self.changed(text, by: &generator, other: Array(all.randomElement(using: &generator)!.text.utf8))
          for text in [changed, redigited(changed, by: &generator), changed] {
            let left = judge.judge(text, surface: example.surface, slot: example.slot)
            let right = reference.judge(text, surface: example.surface, slot: example.slot)
            #expect(left == right, "\(rule.id)")
            let told = brief.judge(text, surface: example.surface, slot: example.slot)
            #expect(told == right.flatMap(ifToBeTold), "\(rule.id)")
            if left?.evidence.contains(where: { $0.detector == rule.id }) == true { isFound = true }
          }
        }
      }
      #expect(isFound, "nothing that \(rule.id) finds was tried")
    }
  }

  @Test func aHashTakesOneDigitAsAnyOtherAndNothingElse() {
    let hash = SkeletonHash()
    func of(_ text: String, _ salt: UInt64 = 0) -> UInt64 {
      Array(text.utf8).withUnsafeBytes { hash.hash($0, salt: salt) }
    }
    for length in 1...70 {
      let text = String(String(repeating: "ab1:", count: 18).prefix(length))
      #expect(of(text) == of(text.replacingOccurrences(of: "1", with: "7")))
      for index in text.indices {
        for letter in ["x", "/", ":", "\u{1}"] where letter != String(text[index]) {
          #expect(of(text.replacingCharacters(in: index...index, with: letter)) != of(text), "\(length)")
        }
      }
      #expect(of(text, 1) != of(text))
    }
    #expect(of("at %41 of 1") != of("at %42 of 1") && of("at % 41") == of("at % 42"))
    #expect(of(#"a long line with \u0041 in it"#) != of(#"a long line with \u0042 in it"#))
    #expect(of("a colour in \u{1B}[0m%41 of it") != of("a colour in \u{1B}[0m%42 of it"))
  }

  @Test func whatIsPushedOutIsNotRemembered() {
    let cache = VerdictCache()
    var redo = Redo()
    redo.runs = true
    cache.remember(0x1_0005, redo)
    for hash in 0x2...0x4 as ClosedRange<UInt64> { cache.remember(hash << 16 | 5, Redo()) }
    #expect(cache.redo(for: 0x1_0005) == redo && cache.isQuiet(0x4_0005) && cache.redo(for: 0x5_0005) == nil)
    cache.remember(0x5_0005, redo)
    // The one that was asked for stays; the oldest of the others goes.
    #expect(cache.redo(for: 0x1_0005) == redo && cache.redo(for: 0x2_0005) == nil && cache.redo(for: 0x5_0005) == redo)
  }

  @Test func evidenceThatCancelsOutIsFoundAgain() throws {
    let rules = [("for", 2.0), ("against", -2.0)].map { id, weight in
      PatternRule(
        id: id, title: "t", rationale: "r", remedy: "m", method: .pattern("\\b\(id)\\b"), weight: weight, needs: [id])
    }
    let judge = Judge(try Detectors(DetectionSettings(rules: rules)), canaries: nil)
    for _ in 0..<3 { #expect(judge.judge("one for, one against")?.evidence.count == 2) }
  }

  @Test func whatOneJudgeLearntAnotherKnows() throws {
    let detectors = try Detectors(PolicySet.embedded().detection)
    let cache = try #require(detectors.cache)
    let line = "2026-11-22 10:00:01 INFO worker 17 took 20 ms for step 4711"
    func isQuiet() -> Bool {
      Array(line.utf8).withUnsafeBytes {
        cache.isQuiet(cache.hash.hash($0, salt: UInt64(Surface.log.index) << 8 | UInt64(Slot.line.rawValue)))
      }
    }
    #expect(!isQuiet())
    #expect(Judge(detectors, canaries: nil).judge("2025-01-02 33:44:55 INFO worker 66 took 77 ms for step 8899") == nil)
    #expect(isQuiet())
  }

  // MARK: Changes

  private static func changed(_ text: [UInt8], by generator: inout SeededGenerator, other: [UInt8]) -> [UInt8] {
    var text = text
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: text = redigited(text, by: &generator)
    case 1: text = text.map { ($0 | 0x20) &- 0x61 < 26 ? $0 ^ 0x20 : $0 }
    case 2:
      text.insert(contentsOf: other.prefix(200), at: Int.random(in: 0...text.count, using: &generator))
    case 3: text = Array(text.prefix(Int.random(in: 0...text.count, using: &generator))) + other.suffix(40)
    case 4 where !text.isEmpty:
      text[Int.random(in: 0..<text.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
    default: text = Array("2026-11-22 10:00:00 node1 [17]: ".utf8) + text
    }
    return text
  }
}
