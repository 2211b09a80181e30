package import Vocabulary

/// The two sums taken apart, as texts that stand alone in a document are scored by them: what a text's author asks and explains
/// has the form of conversation and other words.
extension LanguageScorer {
  /// The score of a text that stands alone in a document: a value, a comment, an annotation.
  func scoreAlone(_ decoder: TextDecoder, surface: Surface) -> LanguageScore {
    var (window, score) = strongest(decoder, surface)
    let parts = parts(of: sums(decoder, window, surface))
    score.logOdds = Double(zip(parts + [1], model.figures.alone).reduce(0) { $0 + $1.0 * $1.1 })
    return score
  }

  /// The parts of a text that stands alone, for training; nil where it has too few words to be judged.
  package func partsAlone(_ bytes: UnsafeRawBufferPointer, surface: Surface) -> [Float]? {
    guard LanguageJudge.holdsWordsAlone(bytes) else { return nil }
    decoder.decode(bytes)
    return parts(of: sums(decoder, strongest(decoder, surface).window, surface))
  }

  /// Of the whole text and of its stretch: the sums of wording, of shape, of the kinds of words, and what is left of the sum.
  ///
  /// - Parameter sums: those of what was read last.
  func parts(of sums: (whole: Float, carried: Float, stretch: LanguageStretch)) -> [Float] {
    let whole = streams(reading.forEachWholeStream, model.whole, model.wholeStep)
    let carried = streams({ reading.forEachStretchStream(sums.stretch, $0) }, model.carried, model.carriedStep)
    return whole + [sums.whole - whole.reduce(0, +)] + carried + [sums.carried - carried.reduce(0, +)]
  }

  /// The sum of each stream, as the scorer adds it.
  private func streams(
    _ forEach: ((UnsafeBufferPointer<UInt32>, Float) -> Void) -> Void, _ table: UnsafeBufferPointer<Int8>,
    _ step: [Float]
  ) -> [Float] {
    let mask = UInt32(table.count - 1)
    var sums: [Float] = []
    forEach { features, weight in
      let sum = features.reduce(Float(0)) { $0 + step[Int(UInt8(bitPattern: table[Int($1 & mask)]))] }
      sums.append(features.isEmpty ? 0 : weight * sum / Float(features.count).squareRoot())
    }
    return sums
  }
}
