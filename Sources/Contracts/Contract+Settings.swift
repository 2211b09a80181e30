import Vocabulary

extension Contract {
  /// Runs the examples of the clauses on settings, each against its own clause.
  func testSettings() -> [ClauseOutcome] {
    settings.flatMap { clause in
      [(clause.examples, true), (clause.counterExamples, false)].flatMap { texts, must in
        texts.enumerated().map { index, text in
          ClauseOutcome(
            clause: clause.id, number: index + 1, mustBeClaimed: must,
            passed: found(text, clause) == (must ? [] : Self.marked(text).places))
        }
      }
    }
  }

  /// Where the text breaks the clause.
  private func found(_ text: String, _ clause: SettingClause) -> [String] {
    var only = self
    only.settings = [clause]
    return SettingsJudge([only]).findings(in: SettingsFile(path: "", bytes: Self.marked(text).bytes))
      .filter { $0.rule == clause.rule || $0.rule == clause.missingRule }.map { "\($0.line):\($0.column)" }
  }

  /// A text without its marks, and where they stood.
  static func marked(_ text: String) -> (bytes: [UInt8], places: [String]) {
    var plain = ""
    var places: [String] = []
    var (line, column) = (1, 1)
    for scalar in text.unicodeScalars {
      if scalar == "↓" {
        places.append("\(line):\(column)")
        continue
      }
      plain.unicodeScalars.append(scalar)
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    return (Array(plain.utf8), places)
  }
}
