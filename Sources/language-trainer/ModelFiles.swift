import Detection
import Foundation
import Labelled
import Vocabulary

/// Writes a model into the sources: its table, and its figures with where they come from.
struct ModelFiles {
  var sources: String

  func write(
    _ model: LanguageModel, combination: Combination, corpus: Corpus, training: Training, recall: [String]
  ) throws {
    let table = Data(model.tableBytes)
    try table.write(to: URL(filePath: "\(sources)/CLanguageTable/language-table.bin"), options: .atomic)
    let figures = model.figures
    let text = """
      // Written by `language-trainer train`; change nothing by hand. Figures only: no text of the data is in here.
      //
      // Data: \(corpus.rows.count) rows, FNV-1a \(Self.hex(corpus.digest)), \(corpus.rows.filter(\.isContent).count) of them \
      conversation.
      // Table: \(table.count) bytes, FNV-1a \(Self.hex(Digest.fnv1a(table))).
      // Training: cost \(training.cost), \(training.rounds) rounds. Cross-validated in \(LabelledText.foldCount) folds:
      \(recall.map { "//   \($0)" }.joined(separator: "\n"))
      extension LanguageFigures {
        static let embedded = LanguageFigures(
          wholeCount: \(figures.wholeCount), carriedCount: \(figures.carriedCount), wholeGreatest: \(figures.wholeGreatest),
          carriedGreatest: \(figures.carriedGreatest), wholeSlope: \(combination.slopes.whole), carriedSlope: \(combination.slopes.carried),
          offsets: [\(combination.offsets.map { "\($0)" }.joined(separator: ", "))],
          alone: [\(combination.alone.map { "\($0)" }.joined(separator: ", "))])
      }

      """
    try Data(text.utf8).write(
      to: URL(filePath: "\(sources)/Detection/Language/LanguageFigures+Generated.swift"), options: .atomic)
  }

  private static func hex(_ value: UInt64) -> String { String(value, radix: 16) }
}
