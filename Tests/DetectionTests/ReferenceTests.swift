import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Detection

/// The fast path, which remembers, makes the same whole judgements as the reference, which runs every pattern on every text,
/// interpreted, and remembers nothing. (Of mutated examples of every rule: `VerdictCacheTests`.)
@Suite(.enabled(if: Corpora.arePresent, Corpora.missing))
struct ReferenceTests {
  private static let parts = 4

  /// Judges on all tasks share what they remember.
  private static let fast = Result { try policyDetectors() }
  private static let slow = Result { try policyDetectors(isReference: true) }

  private struct Specimen {
    let id: String
    let surface: Surface
    let text: [UInt8]
    var name: [UInt8]?

    func judged(by judge: Judge) -> Judgement? {
      text.withUnsafeBytes { text in
        (name ?? []).withUnsafeBytes {
          judge.judge(
            text, surface: surface, slot: surface == .label ? .labelValue : .line, name: name == nil ? nil : $0)
        }
      }
    }
  }

  /// Every row, twice in an order of its own, so that the second time the cache knows most of them.
  @Test(arguments: 0..<parts)
  func everyEvaluationRow(part: Int) throws {
    var specimens: [Specimen] = []
    for row in try Corpora.rows(every: Self.parts, from: part) {
      specimens.append(Specimen(id: row.id, surface: row.surface, text: Array((row.value ?? row.text).utf8)))
      guard let name = row.name else { continue }
      specimens[specimens.endIndex - 1].name = Array(name.utf8)
      specimens.append(Specimen(id: row.id, surface: row.surface, text: specimens[specimens.endIndex - 1].text))
    }
    let reference = Judge(try Self.slow.get(), canaries: nil)
    let judge = Judge(try Self.fast.get(), canaries: nil)
    let brief = Judge(try Self.fast.get(), canaries: nil, tellingContentOnly: true)
    let expected = specimens.map { $0.judged(by: reference) }
    var generator = SeededGenerator(UInt64(part))
    var differing: Set<String> = []
    for _ in 0..<2 {
      for index in specimens.indices.shuffled(using: &generator)
      where specimens[index].judged(by: brief) != expected[index].flatMap(ifToBeTold)
        || specimens[index].judged(by: judge) != expected[index]
      {
        differing.insert(specimens[index].id)
      }
    }
    #expect(specimens.count > 10_000)
    #expect(differing.sorted() == [])
  }

  /// Every line of the log in its order. Of lines that differ in digits alone the reference judges the first and the last, and
  /// one with other digits.
  @Test(arguments: 0..<parts)
  func everyKindOfLineOfTheLog(part: Int) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Corpora.folder + "/bench/benign.log"), options: .mappedIfSafe)
    let lines = data.split(separator: 0x0A).map(Array.init)
    var ends: [[UInt8]: (first: Int, last: Int)] = [:]
    for (number, line) in lines.enumerated() {
      ends[line.map { $0 &- 0x30 < 10 ? 0x30 : $0 }, default: (number, number)].last = number
    }
    let chosen = Set(ends.values.flatMap { [$0.first, $0.last] })
    let reference = Judge(try Self.slow.get(), canaries: nil)
    let judge = Judge(try Self.fast.get(), canaries: nil)
    let brief = Judge(try Self.fast.get(), canaries: nil, tellingContentOnly: true)
    var generator = SeededGenerator(UInt64(part))
    var differing: [Int] = []
    var compared = 0
    for (number, line) in lines.enumerated() where number % Self.parts == part {
      let told = brief.judge(line, surface: .log, slot: .line)
      let judgement = judge.judge(line, surface: .log, slot: .line)
      guard chosen.contains(number) else { continue }
      compared += 1
      let slow = reference.judge(line, surface: .log, slot: .line)
      let other = redigited(line, by: &generator)
      if judgement != slow || told != slow.flatMap(ifToBeTold)
        || judge.judge(other, surface: .log, slot: .line) != reference.judge(other, surface: .log, slot: .line)
      {
        differing.append(number + 1)
      }
    }
    #expect(compared > 1_000)
    #expect(differing == [])
  }
}
