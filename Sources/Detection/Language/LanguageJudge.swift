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
  /// Descriptions and comments are prose, and conversation among them is rare.
  private static let aloneCost = 1.8
  /// Titles and the texts of links are shorter than this.
  private static let leastWordsAlone = 4

  private let scorer: LanguageScorer
  private var named = Scratch()

  init(model: LanguageModel) { scorer = LanguageScorer(model: model) }

  /// Nil where there are too few words to say anything, or the log-odds are not above `least`.
  ///
  /// - Parameters:
  ///   - decoder: what was made of the specimen.
  ///   - above: log-odds that are no more than this are as good as none.
  func score(_ specimen: Specimen, _ decoder: TextDecoder, above least: Double) -> LanguageScore? {
    guard let score = strongest(specimen, decoder)?.score, score.logOdds > least else { return nil }
    return score
  }

  /// What moved the score; computed anew.
  func reasons(_ specimen: Specimen, _ decoder: TextDecoder) -> [String] {
    guard let reading = strongest(specimen, decoder)?.reading else { return [] }
    let text = text(of: reading, specimen, decoder)
    let isAlone = if case .aside = reading { false } else { Self.modelled(specimen).isAlone }
    return scorer.reasons(text.bytes, surface: text.surface, isAlone: isAlone)
  }

  /// What is to be scored.
  struct Specimen {
    var bytes: UnsafeRawBufferPointer
    var surface: Surface
    var slot: Slot
    /// Of a label value, its label's name, where it is known: it says much about what to expect there.
    var name: UnsafeRawBufferPointer?
  }

  // MARK: - What is read of a specimen

  /// A text that the model reads in the specimen's place.
  private enum Reading {
    case whole
    /// `name="value"`.
    case named
    case part(Range<Int>)
    /// Text amid other bytes that stood encoded.
    case aside(TextDecoder.Run)
  }

  /// The reading that speaks most for conversation.
  private func strongest(_ specimen: Specimen, _ decoder: TextDecoder) -> (score: LanguageScore, reading: Reading)? {
    guard Self.judges(specimen.slot) else { return nil }
    var best: (score: LanguageScore, reading: Reading)?
    func read(_ reading: Reading) {
      let score = score(reading, specimen, decoder)
      if best.map({ score.logOdds > $0.score.logOdds }) ?? true { best = (score, reading) }
    }
    let isAlone = Self.modelled(specimen).isAlone
    let text = decoder.text
    // In a line, what was encoded is looked at however short it is.
    if isAlone ? Self.holdsWordsAlone(text.bytes) : text.isDecoded || Self.holdsWords(text.bytes, atLeast: 1) {
      if specimen.slot == .comment {
        let comment = CommentText(specimen.bytes)
        read(.part(comment.said))
        if let announced = comment.announced { read(.part(announced)) }
      } else {
        read(specimen.name != nil && specimen.surface == .label && specimen.slot == .labelValue ? .named : .whole)
      }
    }
    for run in decoder.asides where Self.holdsWordsAlone(run.bytes(in: decoder)) {
      read(.aside(run))
    }
    return best
  }

  /// Its region is that in the specimen.
  private func score(_ reading: Reading, _ specimen: Specimen, _ decoder: TextDecoder) -> LanguageScore {
    let text = text(of: reading, specimen, decoder)
    switch reading {
    case .whole:
      let isAlone = Self.modelled(specimen).isAlone
      return isAlone ? alone(decoder, text.surface) : scorer.score(decoder, surface: text.surface)
    case .named:
      let start = text.bytes.count - 1 - specimen.bytes.count
      var score = scorer.score(text.bytes, surface: text.surface)
      let region = score.region.clamped(to: start..<text.bytes.count - 1)
      score.region = region.lowerBound - start..<region.upperBound - start
      return score
    case .part(let range):
      scorer.decoder.decode(text.bytes)
      var score = alone(scorer.decoder, text.surface)
      score.region = score.region.lowerBound + range.lowerBound..<score.region.upperBound + range.lowerBound
      return score
    case .aside(let run):
      return LanguageScore(logOdds: scorer.logOdds(text.bytes, surface: text.surface), region: run.source)
    }
  }

  private func alone(_ decoder: TextDecoder, _ surface: Surface) -> LanguageScore {
    var score = scorer.scoreAlone(decoder, surface: surface)
    score.logOdds -= Self.aloneCost
    return score
  }

  private func text(
    of reading: Reading, _ specimen: Specimen, _ decoder: TextDecoder
  ) -> (bytes: UnsafeRawBufferPointer, surface: Surface) {
    let surface = Self.modelled(specimen).surface
    switch reading {
    case .whole: return (specimen.bytes, surface)
    case .named: return (named(specimen.bytes, specimen.name), surface)
    case .part(let range): return (UnsafeRawBufferPointer(rebasing: specimen.bytes[range]), surface)
    case .aside(let run): return (run.bytes(in: decoder), surface)
    }
  }

  /// `name="value"`, valid until the next call.
  private func named(_ value: UnsafeRawBufferPointer, _ name: UnsafeRawBufferPointer?) -> UnsafeRawBufferPointer {
    let start = (name?.count ?? 0) + 2
    let end = start + value.count
    let text = named.buffer(of: end + 1)
    if let name { text.copyMemory(from: name) }
    text[start - 2] = UInt8(ascii: "=")
    text[start - 1] = UInt8(ascii: "\"")
    UnsafeMutableRawBufferPointer(rebasing: text[start...]).copyMemory(from: value)
    text[end] = UInt8(ascii: "\"")
    return UnsafeRawBufferPointer(text)
  }

  /// Whether a text that stands alone in a document has enough words to be judged.
  static func holdsWordsAlone(_ bytes: UnsafeRawBufferPointer) -> Bool { holdsWords(bytes, atLeast: leastWordsAlone) }

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

  /// As text of which surface the model reads a specimen, and whether as one that stands alone in a document.
  private static func modelled(_ specimen: Specimen) -> (surface: Surface, isAlone: Bool) {
    switch (specimen.surface, specimen.slot) {
    // A sentence by its author about a number, as in configuration, and not the value of a label.
    case (_, .help): (.config, false)
    // The model was trained on conversation in configurations and alerts that stands behind a carrier, as in a line of a
    // file. A value or a comment by itself is read as a line of a log, of which it knows bare ones.
    case (.alert, .scalar), (.alert, .comment), (.alert, .annotation), (.config, .scalar), (.config, .comment),
      (.config, .annotation), (.label, .comment):
      (.log, true)
    default: (specimen.surface, false)
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

extension TextDecoder.Run {
  /// Of text that was set aside.
  fileprivate func bytes(in decoder: TextDecoder) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: decoder.asideText.bytes[range])
  }
}
