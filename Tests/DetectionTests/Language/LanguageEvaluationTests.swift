import Detection
import Foundation
import Testing
import Vocabulary

/// The model in the binary on a sample of the evaluation data. It has seen these rows, so this proves only that table,
/// figures and features belong together; `language-trainer evaluate` measures what it does on rows it hasn't seen.
@Suite struct LanguageEvaluationTests {
  static let rows =
    (ProcessInfo.processInfo.environment["SIGILO_SHARED"]
      ?? URL(filePath: #filePath).appending(path: "../../../../../shared").standardized.path)
    + "/corpora/eval/dev.jsonl"

  private struct Row: Decodable {
    var surface: Surface
    var text: String
    var label: Int
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: rows), "the evaluation data is not here"))
  func `table, figures and features belong together`() throws {
    let data = try Data(contentsOf: URL(filePath: Self.rows))
    let scorer = LanguageScorer()
    var (content, found, benign, mistaken) = (0, 0, 0, 0)
    for (number, line) in data.split(separator: 10).enumerated() where number % 97 == 0 {
      let row = try JSONDecoder().decode(Row.self, from: line)
      let isFound = Array(row.text.utf8).withUnsafeBytes { scorer.logOdds($0, surface: row.surface) } > 1
      if row.label == 1 {
        content += 1
        if isFound { found += 1 }
      } else {
        benign += 1
        if isFound { mistaken += 1 }
      }
    }
    #expect(content > 50 && found * 100 >= content * 98)
    #expect(benign > 100 && mistaken * 100 <= benign)
  }
}
