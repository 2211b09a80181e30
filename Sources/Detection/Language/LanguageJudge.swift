import Vocabulary

/// The language scorer as a judge uses it: it looks only at texts that have words to judge.
final class LanguageJudge {
  /// What language can add to the sum: beyond this its log-odds are no better founded.
  static let mostWeight = 8.0
  /// Less than this is no evidence.
  static let leastWeight = 1.0
  /// Language leads the evidence, and so names the finding, only over rules that weigh less than this: a rule that also names
  /// the program and the setting is what whoever reads the finding needs to be told.
  static let mostLeading = 3.5
  /// Fewer letters than this say too little,
  private static let leastLetters = 8
  /// and so do texts without a word (digits may stand in it) of this length, such as regular expressions.
  private static let leastWord = 3
  /// Descriptions and comments are prose more often than lines of a log are.
  private static let aloneCost = 2.0
  /// Titles and the texts of links are shorter than this.
  private static let leastWordsAlone = 4

  private let scorer: LanguageScorer
  private var named = Scratch()

  init(model: LanguageModel) { scorer = LanguageScorer(model: model) }

  /// Nil where there are too few words to say anything, or the log-odds are not above `least`.
  ///
  /// - Parameters:
  ///   - decoder: what was made of `specimen`.
  ///   - name: of a label value, its label's name, where it is known: it says much about what to expect there.
  func score(
    _ decoder: TextDecoder, of specimen: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer?, surface: Surface,
    slot: Slot, above least: Double
  ) -> LanguageScore? {
    guard Self.judges(slot) else { return nil }
    // What was encoded is looked at however short it is.
    let reading = Self.reading(surface, slot)
    guard
      decoder.text.isDecoded || Self.holdsWords(decoder.text.bytes, atLeast: reading.isAlone ? Self.leastWordsAlone : 1)
    else { return nil }
    var score: LanguageScore
    if let name, surface == .label, slot == .labelValue {
      score = self.score(specimen, named: name)
    } else {
      score = scorer.score(decoder, surface: reading.surface)
    }
    if reading.isAlone { score.logOdds -= Self.aloneCost }
    return score.logOdds > least ? score : nil
  }

  /// At least so many words, one of them long enough, and enough letters. A letter of a script that sets no spaces counts as a
  /// word (all that UTF-8 writes with three bytes or more does).
  private static func holdsWords(_ bytes: UnsafeRawBufferPointer, atLeast leastWords: Int) -> Bool {
    var letters = 0
    var word = 0
    var words = 0
    var longestWord = 0
    for byte in bytes {
      let isLetter = (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
      letters += isLetter ? 1 : 0
      if isLetter, word == 0 || byte >= 0xE0 { words += 1 }
      word = isLetter || byte &- 0x30 < 10 ? word + 1 : 0
      longestWord = max(longestWord, word)
      if letters >= leastLetters, longestWord >= leastWord, words >= leastWords { return true }
    }
    return false
  }

  /// The score of `name="value"`, its region counted from the value's start.
  private func score(_ value: UnsafeRawBufferPointer, named name: UnsafeRawBufferPointer) -> LanguageScore {
    let start = name.count + 2
    let end = start + value.count
    let text = named.buffer(of: end + 1)
    text.copyMemory(from: name)
    text[start - 2] = UInt8(ascii: "=")
    text[start - 1] = UInt8(ascii: "\"")
    UnsafeMutableRawBufferPointer(rebasing: text[start...]).copyMemory(from: value)
    text[end] = UInt8(ascii: "\"")
    var score = scorer.score(UnsafeRawBufferPointer(text), surface: .label)
    let region = score.region.clamped(to: start..<end)
    score.region = (region.lowerBound - start)..<(region.upperBound - start)
    return score
  }

  /// What moved the score; computed anew.
  func reasons(_ bytes: UnsafeRawBufferPointer, surface: Surface, slot: Slot) -> [String] {
    scorer.reasons(bytes, surface: Self.reading(surface, slot).surface)
  }

  /// As text of which surface the model reads a specimen, and whether as one that stands alone in a document.
  private static func reading(_ surface: Surface, _ slot: Slot) -> (surface: Surface, isAlone: Bool) {
    switch (surface, slot) {
    // A sentence by its author about a number, as in configuration, and not the value of a label.
    case (_, .help): (.config, false)
    // The model was trained on conversation in configurations and alerts that stands behind a carrier, as in a line of a
    // file. A value or a comment by itself is read as a line of a log, of which it knows bare ones.
    case (.alert, .scalar), (.alert, .comment), (.alert, .annotation), (.config, .scalar), (.config, .comment),
      (.config, .annotation), (.label, .comment):
      (.log, true)
    default: (surface, false)
    }
  }

  /// Names and expressions are not sentences; the scorer was not trained on them.
  static func judges(_ slot: Slot) -> Bool {
    switch slot {
    case .line, .labelValue, .help, .exemplar, .metadata, .scalar, .comment, .annotation: true
    case .metricName, .labelName, .key, .expression, .fileName: false
    }
  }
}
