import Vocabulary

extension LanguageScorer {
  /// What moved the score of a text, in words that hold none of it: the parts of the sum that count, and the kinds of words in
  /// the stretch that speaks most for conversation.
  func reasons(_ bytes: UnsafeRawBufferPointer, surface: Surface, isAlone: Bool = false) -> [String] {
    decoder.decode(bytes)
    let sums = sums(decoder, strongest(decoder, surface).window, surface)
    let weighed = zip(parts(of: sums) + [1], weights(surface, isAlone)).map { $0 * $1 }
    let named = zip(["wording", "shape of words and marks", "order of kinds of words"], 0..<3)
      .map { (name: $0, weight: weighed[$1] + weighed[$1 + 4]) }
    let all = named + [("length, encoding and surroundings", weighed[3] + weighed[7] + weighed[8])]
    return all.filter { abs($0.weight) >= 0.05 }.map { "\($0.name) \(Self.signed($0.weight))" }
      + kindsOfWords(in: sums.stretch)
  }

  /// Of each part, and the offset.
  private func weights(_ surface: Surface, _ isAlone: Bool) -> [Float] {
    let figures = model.figures
    if isAlone { return figures.alone }
    return [Float](repeating: figures.wholeSlope, count: 4) + [Float](repeating: figures.carriedSlope, count: 4)
      + [figures.offsets[LanguageReading.number(surface)]]
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
