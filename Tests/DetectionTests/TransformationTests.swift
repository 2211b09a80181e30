import Foundation
import Policy
import TestSupport
import Testing
import Vocabulary

@testable import Detection

/// Every example of every rule, in other clothes: the rule must still find it.
@Suite struct TransformationTests {
  /// Rules whose examples are texts as a whole, so that a neighbour changes what they say.
  private static let wholes: Set<String> = [
    "cpf-label", "prose-label", "encoded-text", "encoded-prose", "encoded-blob", "system-message", "language",
    "redacted-record", "user-agent", "question-asked", "request-made", "first-person",
  ]

  private func examples() throws -> [(rule: String, example: RuleExample)] {
    try PolicySet.embedded().detection.rules.flatMap { rule in rule.examples.map { (rule.id, $0) } }
  }

  @Test func aPrefixAndASuffixChangeNothing() throws {
    let judge = try policyJudge()
    for (rule, example) in try examples() where !Self.wholes.contains(rule) {
      let line = "2026-11-22T10:00:00Z gpu-node1 vllm[311]: " + example.text + " | end"
      #expect(
        judge.judge(line, example.surface, example.slot)?.evidence.contains { $0.detector == rule } == true, "\(rule)")
    }
  }

  @Test func insideAJSONString() throws {
    let judge = try policyJudge()
    for (rule, example) in try examples() where !Self.wholes.contains(rule) && example.surface == .log {
      let quoted = String(decoding: try JSONEncoder().encode([example.text]), as: UTF8.self)
      let line = "{\"log\":" + quoted.dropFirst().dropLast() + ",\"stream\":\"stdout\"}"
      #expect(judge.judge(line)?.evidence.contains { $0.detector == rule } == true, "\(rule)")
    }
  }

  @Test func encodedInBase64() throws {
    let judge = try policyJudge()
    for (rule, example) in try examples()
    where !Self.wholes.contains(rule) && example.surface == .log && example.text.utf8.count >= 24 {
      let judgement = judge.judge("payload=" + base64(example.text))
      #expect(judgement?.evidence.first { $0.detector == rule }?.decodings.first == "base64", "\(rule)")
    }
  }

  /// What speaks for operation is the whole record: not a part of it, encoded or not.
  @Test func aPartOfARecordDoesNotSpeakForTheRest() throws {
    let judge = try policyJudge()
    let said = "minha irmã não dorme e eu não sei mais o que fazer "
    for rule in try PolicySet.embedded().detection.rules where rule.weight < 0 && Self.wholes.contains(rule.id) {
      for example in rule.examples {
        for text in [said + example.text, said + "payload=" + base64(example.text), example.text + " " + said] {
          let found = judge.judge(text, example.surface, example.slot)?.evidence.contains { $0.detector == rule.id }
          #expect(found != true, "\(rule.id)")
        }
      }
    }
  }

  @Test func farIntoALongLine() throws {
    let judge = try policyJudge()
    for (rule, example) in try examples() where !Self.wholes.contains(rule) {
      let line = String(repeating: "step ok; ", count: 2_000) + example.text
      #expect(
        judge.judge(line, example.surface, example.slot)?.evidence.contains { $0.detector == rule } == true, "\(rule)")
    }
  }

  /// The fast path looks at patterns only where a literal or a run stands; the reference runs every pattern, interpreted.
  @Test func theFastPathAgreesWithTheReference() throws {
    let fast = try policyJudge()
    let reference = try policyJudge(isReference: true)
    for rule in try PolicySet.embedded().detection.rules {
      for example in rule.examples + rule.counterExamples {
        for text in [example.text, "x " + example.text + " y", example.text.uppercased()] {
          let left = fast.judge(text, example.surface, example.slot)
          let right = reference.judge(text, example.surface, example.slot)
          #expect(left?.evidence == right?.evidence, "\(rule.id)")
        }
      }
    }
  }

  /// Broken and spliced examples: what a rule needs must hold for whatever its pattern matches, not for its examples alone.
  @Test func theFastPathAgreesWithTheReferenceOnBrokenExamples() throws {
    let fast = try policyJudge()
    let reference = try policyJudge(isReference: true)
    let rules = try PolicySet.embedded().detection.rules
    let texts = rules.flatMap { rule in (rule.examples + rule.counterExamples).map { Array($0.text.utf8) } }
    let marks = Array("\"'\\ :=,?[]{}()<>|/0a.A-+".utf8)
    var random = SeededGenerator(17)
    for (number, text) in texts.enumerated() {
      for surface in Surface.allCases {
        var broken = text
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          let place = Int.random(in: 0...broken.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0 where place < broken.count: broken.remove(at: place)
          case 1: broken = Array(broken[place...] + broken[..<place])
          case 2:
            let other = texts.randomElement(using: &random)!.prefix(Int.random(in: 3...40, using: &random))
            broken.insert(contentsOf: other, at: place)
          default: broken.insert(marks.randomElement(using: &random)!, at: place)
          }
        }
        let slot: Slot = surface == .log ? .line : surface == .config ? .scalar : .labelValue
        let left = fast.judge(broken, surface: surface, slot: slot)
        let right = reference.judge(broken, surface: surface, slot: slot)
        let differing = Set(left?.evidence.map(\.detector) ?? [])
          .symmetricDifference(right?.evidence.map(\.detector) ?? [])
        #expect(differing.isEmpty, "text \(number) on \(surface)")
      }
    }
  }
}
