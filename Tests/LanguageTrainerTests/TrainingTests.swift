import Detection
import Labelled
import Testing
import Vocabulary

@testable import language_trainer

@Suite struct TrainingTests {
  private static func row(_ number: Int, _ text: String, isContent: Bool) -> LabelledText {
    LabelledText(
      id: "r\(number)", surface: .log, text: text, label: isContent ? 1 : 0,
      kind: isContent ? "talk" : "log", lang: "en", source: "made up \(number % 5)",
      doc: isContent ? "document \(number)" : nil)
  }

  private static let rows = (0..<20).flatMap { number in
    [
      row(2 * number, "please tell me a story about number \(number) and my cat", isContent: true),
      row(2 * number + 1, "INFO worker \(number) finished its batch in 12 ms", isContent: false),
    ]
  }

  private let training = Training(cost: 10, rounds: 1, wholeCount: 1 << 12, carriedCount: 1 << 12)

  @Test func `the same rows give the same bytes`() {
    #expect(training.model(Self.rows).tableBytes == training.model(Self.rows).tableBytes)
  }

  @Test func `a model tells what it was taught, inside a carrier too`() {
    let scorer = LanguageScorer(model: training.model(Self.rows))
    func parts(_ text: String) -> (whole: Float, carried: Float) {
      Array(text.utf8).withUnsafeBytes { scorer.parts($0, surface: .log) }
    }
    #expect(parts("tell me a story about my cat").whole > 0)
    #expect(parts("INFO worker 90 finished its batch").whole < 0)
    let line = "INFO worker 7 finished its batch in 12 ms: "
    #expect(parts(line + "\"tell me a story about my cat\"").carried > parts(line + "\"done\"").carried)
  }

  @Test func `documents, sources and generated rows fall into folds as a whole`() {
    var first = Self.row(1, "a", isContent: true)
    var second = Self.row(3, "b", isContent: true)
    (first.doc, second.doc) = ("d", "d")
    #expect(first.fold(seed: 4) == second.fold(seed: 4))
    (first.source, second.source) = ("synthetic:x", "synthetic:x")
    #expect(first.group != second.group)
  }

  @Test func `the combination follows the sums and is finite where they separate`() throws {
    var sums = CrossValidation(whole: [], carried: [])
    for row in Self.rows {
      sums.whole.append(row.isContent ? 2 : -2)
      sums.carried.append(row.isContent ? 3 : -1)
    }
    let combination = Combination(sums, Self.rows)
    #expect(combination.logOdds(sums, 0, .log) > 1)
    #expect(combination.logOdds(sums, 1, .log) < -1)
    #expect(!combination.offsets.contains { !$0.isFinite })
  }

  @Test func `a threshold keeps the false positives it allows`() {
    let report = Report(rows: Self.rows, scores: Self.rows.indices.map { Float($0) })
    let limit = report.threshold(0.1)
    #expect(report.falsePositives(over: limit) { _ in true }.share <= 0.1)
    #expect(report.recall(over: limit).count == 20)
  }
}
