import Vocabulary

/// The language scorer as a judge uses it: it looks only at texts that have words to judge.
final class LanguageJudge {
  /// The most that language adds to the sum: enough to decide by itself, and less than a rule that also names the program and
  /// the setting, which is what whoever reads the finding needs to be told.
  static let mostWeight = 4.25
  /// Fewer letters than this hold no four words.
  private static let leastLetters = 12

  private let scorer = LanguageScorer()

  /// Nil where there are too few words to say anything, or the log-odds are not above `least`.
  func score(_ decoder: TextDecoder, surface: Surface, slot: Slot, above least: Double) -> LanguageScore? {
    guard Self.judges(slot) else { return nil }
    // What was encoded is looked at however short it is.
    guard decoder.text.isDecoded || Self.holdsWords(decoder.text.bytes) else { return nil }
    let score = scorer.score(decoder, surface: Self.surface(surface, slot))
    return score.logOdds > least ? score : nil
  }

  private static func holdsWords(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var letters = 0
    for byte in bytes where (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 {
      letters += 1
      if letters == leastLetters { return true }
    }
    return false
  }

  /// What moved the score; computed anew.
  func reasons(_ bytes: UnsafeRawBufferPointer, surface: Surface, slot: Slot) -> [String] {
    scorer.reasons(bytes, surface: Self.surface(surface, slot))
  }

  /// HELP is a sentence by its author about a number, as in configuration, and not the value of a label.
  private static func surface(_ surface: Surface, _ slot: Slot) -> Surface { slot == .help ? .config : surface }

  /// Names and expressions are not sentences; the scorer was not trained on them.
  static func judges(_ slot: Slot) -> Bool {
    switch slot {
    case .line, .labelValue, .help, .exemplar, .metadata, .scalar, .comment, .annotation: true
    case .metricName, .labelName, .key, .expression, .fileName: false
    }
  }
}
