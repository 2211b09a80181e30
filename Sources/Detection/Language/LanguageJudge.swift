import Vocabulary

/// The language scorer as a judge uses it: it looks only at texts that have words to judge, and remembers what it found to be
/// operational, since logs say the same thing over and over with other numbers in it.
///
/// Texts that differ in decimal digits alone are taken for one. What digits alone can say (token ids, telephone and document
/// numbers) is the business of other rules.
final class LanguageJudge {
  /// The most that language adds to the sum: enough to decide by itself, and less than a rule that also names the program and
  /// the setting, which is what whoever reads the finding needs to be told.
  static let mostWeight = 4.25
  /// Fewer letters than this hold no four words.
  private static let leastLetters = 12
  private static let places = 1 << 15

  private let scorer = LanguageScorer()
  /// Hashes of texts that scored too low to weigh, each at the place that its low bits name.
  private var operational = [UInt64](repeating: 0, count: LanguageJudge.places)
  /// Not the same in two processes, so that nobody can make a text that is taken for another.
  private let seed = UInt64.random(in: 1 ... .max)

  /// Nil where there are too few words to say anything, or the log-odds are not above `least`; a text like one that was not
  /// before isn't scored again. `least` is the same for all texts of a surface and slot.
  func score(_ decoder: TextDecoder, surface: Surface, slot: Slot, above least: Double) -> LanguageScore? {
    guard Self.judges(slot) else { return nil }
    // HELP is scored on another scale.
    var hash = seed &+ UInt64(surface.index + (slot == .help ? Surface.allCases.count : 0))
    var letters = 0
    for byte in decoder.text.bytes {
      let isDigit = byte &- 0x30 < 10
      hash = (hash ^ UInt64(isDigit ? 0x30 : byte)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      if (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 { letters += 1 }
    }
    // What was encoded is looked at however short it is.
    guard letters >= Self.leastLetters || decoder.text.isDecoded else { return nil }
    let place = Int(truncatingIfNeeded: hash) & (Self.places - 1)
    if operational[place] == hash { return nil }
    let score = scorer.score(decoder, surface: Self.surface(surface, slot))
    guard score.logOdds > least else {
      operational[place] = hash
      return nil
    }
    return score
  }

  /// What moved the score; computed anew.
  func reasons(_ bytes: UnsafeRawBufferPointer, surface: Surface, slot: Slot) -> [String] {
    scorer.reasons(bytes, surface: Self.surface(surface, slot))
  }

  /// HELP is a sentence by its author about a number, as in configuration, and not the value of a label.
  private static func surface(_ surface: Surface, _ slot: Slot) -> Surface { slot == .help ? .config : surface }

  /// Names and expressions are not sentences; the scorer was not trained on them.
  private static func judges(_ slot: Slot) -> Bool {
    switch slot {
    case .line, .labelValue, .help, .exemplar, .metadata, .scalar, .comment, .annotation: true
    case .metricName, .labelName, .key, .expression, .fileName: false
    }
  }
}
