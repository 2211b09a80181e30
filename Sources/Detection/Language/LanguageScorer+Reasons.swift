import Vocabulary

extension LanguageScorer {
  /// What moved the score of a text, in words that hold none of it: the parts of the sum that count, and the kinds of words in
  /// the stretch that speaks most for conversation.
  func reasons(_ bytes: UnsafeRawBufferPointer, surface: Surface) -> [String] {
    decoder.decode(bytes)
    let sums = sums(decoder, strongest(decoder, surface).window, surface)
    return parts(sums, surface).filter { abs($0.weight) >= 0.05 }.map { "\($0.name) \(Self.signed($0.weight))" }
      + kindsOfWords(in: sums.stretch)
  }

  /// The score taken apart; the parts add up to it.
  private func parts(
    _ sums: (whole: Float, carried: Float, stretch: LanguageStretch), _ surface: Surface
  ) -> [(name: String, weight: Float)] {
    let figures = model.figures
    let whole = streams(reading.forEachWholeStream, model.whole, model.wholeStep).map { figures.wholeSlope * $0 }
    let carried = streams({ reading.forEachStretchStream(sums.stretch, $0) }, model.carried, model.carriedStep)
      .map { figures.carriedSlope * $0 }
    let total =
      figures.offsets[LanguageReading.number(surface)] + figures.wholeSlope * sums.whole
      + figures.carriedSlope * sums.carried
    let known = zip(["wording", "shape of words and marks", "order of kinds of words"], zip(whole, carried))
      .map { (name: $0, weight: $1.0 + $1.1) }
    let rest = total - known.reduce(0) { $0 + $1.weight }
    return known + [("length, encoding and surroundings", rest)]
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

  /// How many words of each kind stand in a stretch, and whether it asks.
  private func kindsOfWords(in stretch: LanguageStretch) -> [String] {
    let range = reading.positions(of: stretch)
    let words = reading.carried.words.filter { range.contains(Int($0.end)) }
    var reasons = WordKinds.names.compactMap { kind, one, many -> String? in
      let count = words.count { $0.kinds.contains(kind) }
      return count == 0 ? nil : "\(count) \(count == 1 ? one : many)"
    }
    if reading.fields.code[range].contains(0x3F) { reasons.append("a question mark") }
    return reasons
  }

  /// With its sign and one decimal, without Foundation.
  private static func signed(_ weight: Float) -> String {
    let tenths = Int((abs(weight) * 10).rounded())
    return "\(weight < 0 ? "-" : "+")\(tenths / 10).\(tenths % 10)"
  }
}

extension WordKinds {
  /// What an explanation calls words of each kind.
  fileprivate static let names: [(WordKinds, one: String, many: String)] = [
    (.question, "word that asks", "words that ask"),
    (.address, "word that addresses somebody", "words that address somebody"),
    (.speaker, "word of somebody who speaks of themselves", "words of somebody who speaks of themselves"),
    (.request, "word of instruction or courtesy", "words of instruction or courtesy"),
    (.grammar, "function word", "function words"),
    (.talk, "word of everyday talk", "words of everyday talk"),
    (.operation, "word of operational messages", "words of operational messages"),
  ]
}
