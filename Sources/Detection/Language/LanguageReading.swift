package import Vocabulary

/// One text taken apart into what the language model weighs. The trainer and the scorer both read texts through this type,
/// so that they can't disagree about a feature.
///
/// It keeps its buffers from text to text and so belongs to one task at a time.
package final class LanguageReading {
  private lazy var decoder = TextDecoder()
  /// The text that was read: a window of what was decoded.
  private var text = PlacedText(UnsafeRawBufferPointer(start: nil, count: 0))
  private var window = 0..<0
  private var encodings: Encodings = []
  private var symbols = Symbols()
  private var bounded = Symbols()
  /// Numbers of the features that the integers in the text have.
  private var integers: [UInt32] = []
  private(set) var fields = Fields()
  private(set) var whole = GramStreams()
  private(set) var carried = GramStreams()
  private var surface = 0
  /// Positions in `whole` of the value that is judged: of a label's text `name="value"`, the value.
  private var value = 0..<0
  private var opening: UInt64 = 0

  package init() {}

  /// Decodes a text and reads all of it, as the trainer does.
  package func read(_ bytes: UnsafeRawBufferPointer, surface: Surface) {
    decoder.decode(bytes)
    read(decoder, 0..<decoder.text.bytes.count, surface: surface)
  }

  /// Reads a stretch of what a decoder made of a specimen.
  func read(_ decoder: TextDecoder, _ window: Range<Int>, surface: Surface) {
    text = decoder.text
    self.window = window
    encodings = decoder.encodings(in: window)
    let bytes = UnsafeRawBufferPointer(rebasing: text.bytes[window])
    symbols.read(bytes)
    integers = IntegerList(listedIn: bytes).features
    fields.read(symbols)
    carried.read(fields.code, fields.isUpper, isCut: true)
    bounded.code.removeAll(keepingCapacity: true)
    bounded.isUpper.removeAll(keepingCapacity: true)
    bounded.code.append(Symbols.boundary)
    bounded.code.append(contentsOf: symbols.code)
    bounded.code.append(Symbols.boundary)
    bounded.isUpper.append(false)
    bounded.isUpper.append(contentsOf: symbols.isUpper)
    bounded.isUpper.append(false)
    whole.read(bounded.code, bounded.isUpper, isCut: false)
    self.surface = Self.number(surface)
    value = surface == .label ? labelValue() : 1..<bounded.code.count
    opening = symbols.code.indices.prefix(3).reduce(1) { hash, index in
      let symbol = symbols.code[index]
      let kind = Symbols.isWord(symbol) && symbol != Symbols.digit ? (symbols.isUpper[index] ? 0x41 : 0x61) : symbol
      return GramStreams.step(hash, UInt64(kind))
    }
    opening &= 0xFFFF
  }

  /// The order in which the model's figures list the surfaces.
  package static func number(_ surface: Surface) -> Int {
    switch surface {
    case .label: 0
    case .log: 1
    case .alert: 2
    case .config: 3
    }
  }

  /// Where the bytes of a stretch stood in the specimen; to be asked before its decoder gets another.
  func region(of stretch: Fields.Stretch) -> Range<Int> {
    guard !window.isEmpty else { return 0..<0 }
    let last = symbols.code.count - 1
    let from =
      stretch.from == 0 && fields.firstDelimiter[0] == 1 && fields.lastDelimiter[0] == 1
      ? 0 : Int(fields.lastSource[fields.cuts[stretch.from]]) + 1
    let to = Int(fields.source[fields.cuts[stretch.to]]) - 1
    let first = Int(symbols.offset[min(from, last)])
    let end = to + 1 <= last ? Int(symbols.offset[max(0, to + 1)]) - 1 : window.count - 1
    return text.source(of: window.lowerBound + first..<window.lowerBound + max(first, end) + 1)
  }

  private func labelValue() -> Range<Int> {
    let code = bounded.code
    var index = 1
    while index < code.count, Symbols.isWord(code[index]) || code[index] == 0x5F || code[index] == 0x3A { index += 1 }
    guard index > 1, index + 1 < code.count, code[index] == 0x3D, code[index + 1] == 0x22 else { return 1..<code.count }
    return (index + 2)..<code.count
  }

  // MARK: Features of the whole text

  /// Calls `body` with each stream of the whole text: feature indices and the stream's weight.
  func forEachWholeStream(_ body: (UnsafeBufferPointer<UInt32>, Float) -> Void) {
    body(whole.characters.features(in: 0..<bounded.code.count), 1)
    body(whole.shape.features(in: value), 1)
    body(whole.kinds.features(in: value), 1)
  }

  /// The feature index of what is no n-gram.
  @inline(__always)
  static func dense(_ key: UInt64) -> UInt32 { GramStreams.index(key &* 2_654_435_761 &+ 17) }

  /// Calls `body` with index and value of each feature of the whole text that is no stream.
  func forEachWholeFeature(_ body: (UInt32, Float) -> Void) {
    func one(_ key: Int, _ weight: Float) { body(Self.dense(UInt64(key)), weight) }
    one(999 + surface, 1)
    forEachEncoding {
      one(2000 + $0, 0.5)
      one(2010 + $0 * 4 + surface, 0.5)
    }
    let size = IntegerList.bitLength(symbols.code.count + 1)
    one(3000 + size, 0.5)
    one(3100 + size * 4 + surface, 0.5)
    var counts = [Int](repeating: 0, count: WordKinds.count)
    var total = 0
    for word in whole.words where Int(word.end) > value.lowerBound {
      total += 1
      for kind in 0..<WordKinds.count where word.kinds.rawValue >> UInt8(kind) & 1 != 0 { counts[kind] += 1 }
    }
    if total > 0 {
      for kind in 0..<WordKinds.count {
        let share = Float(counts[kind]) / Float(total)
        one(4000 + kind, share)
        one(4100 + kind * 4 + surface, share)
        one(4200 + kind * 10 + min(9, counts[kind]), 0.3)
      }
    }
    var (letters, digits, spaces) = (0, 0, 0)
    for symbol in bounded.code[value] {
      if symbol == Symbols.digit {
        digits += 1
      } else if Symbols.isWord(symbol) {
        letters += 1
      } else if symbol == 0x20 {
        spaces += 1
      }
    }
    let length = max(1, value.count - 1)
    one(5000 + min(20, Self.halfOctave(letters)), 0.5)
    one(5100 + letters * 10 / length, 0.5)
    one(5200 + digits * 10 / length, 0.5)
    one(5300 + spaces * 20 / length, 0.5)
    one(5400 + min(30, total) * 4 + surface, 0.5)
    for feature in integers { one(6000 + Int(feature), 0.5) }
  }

  private func forEachEncoding(_ body: (Int) -> Void) {
    for bit in 0..<6 where encodings.rawValue >> UInt8(bit) & 1 != 0 { body(bit) }
  }

  /// Twice the binary logarithm of `value + 1`, rounded down (coarsely).
  private static func halfOctave(_ value: Int) -> Int {
    let above = value + 1
    let octave = IntegerList.bitLength(above) - 1
    return 2 * octave + (octave > 0 ? above >> (octave - 1) & 1 : 0)
  }

  // MARK: Features of a stretch and its context

  static let stretchWeights: (characters: Float, shape: Float, kinds: Float) = (1, 0.7, 0.7)

  func positions(of stretch: Fields.Stretch) -> Range<Int> {
    (fields.cuts[stretch.from] + 1)..<(fields.cuts[stretch.to] + 1)
  }

  func forEachStretchStream(_ stretch: Fields.Stretch, _ body: (UnsafeBufferPointer<UInt32>, Float) -> Void) {
    let range = positions(of: stretch)
    body(carried.characters.features(in: range), Self.stretchWeights.characters)
    body(carried.shape.features(in: range), Self.stretchWeights.shape)
    body(carried.kinds.features(in: range), Self.stretchWeights.kinds)
  }

  func isWhole(_ stretch: Fields.Stretch) -> Bool { stretch.from == 0 && stretch.to == fields.cuts.count - 1 }

  /// What all stretches of the text share, by whether the stretch is the whole.
  func forEachLineFeature(isWhole: Bool, _ body: (UInt32, Float) -> Void) {
    func one(_ key: Int, _ weight: Float) { body(Self.dense(UInt64(key)), weight) }
    let mode = surface * 2 + (isWhole ? 1 : 0)
    one(10 + surface, 1)
    one(20 + mode, 0.5)
    one(100_000 + Int(opening), 0.25)
    one(200_000 + Int(opening) * 4 + (isWhole ? 2 : 0), 0.25)
    forEachEncoding { one(5000 + $0 * 8 + mode, 0.5) }
    for feature in integers { one(7000 + Int(feature), isWhole ? 0.5 : 0.25) }
    one(6000 + min(15, fields.cuts.count / 2), 0.25)
  }

  /// What stands before the cut: its last delimiter and up to two words.
  func forEachLeftFeature(cut: Int, _ body: (UInt32, Float) -> Void) {
    body(Self.dense(2000 + UInt64(fields.lastDelimiter[cut])), 0.25)
    let code = fields.code
    var end = fields.cuts[cut]
    var nearest: UInt64 = 0
    for place in 0..<2 where end > 0 {
      var last = end
      while last > 0, !Symbols.isWord(code[last - 1]), end - last < 6 { last -= 1 }
      var first = last
      while first > 0, Symbols.isWord(code[first - 1]) || code[first - 1] == 0x5F, last - first < 24 { first -= 1 }
      guard first < last else { return }
      let hash = GramStreams.hash(code[first..<last])
      body(GramStreams.index(GramStreams.step(hash, 77 + UInt64(place))), 0.5)
      if place == 0 {
        nearest = hash
      } else {
        body(GramStreams.index(GramStreams.step(GramStreams.step(hash, 5), nearest)), 0.5)
      }
      end = first
    }
  }

  /// Calls `body` with index and value of what size and place of a stretch say.
  func forEachStretchFeature(_ stretch: Fields.Stretch, _ body: (UInt32, Float) -> Void) {
    forEachStretchKey(stretch) { body(Self.dense(UInt64($0)), $1) }
  }

  /// Greater than any key that `forEachStretchKey` gives: its greatest delimiter is ASCII.
  static let stretchKeys = 4_096

  /// As `forEachStretchFeature`, but with the keys that `dense` makes indices of.
  @inline(__always)
  func forEachStretchKey(_ stretch: Fields.Stretch, _ one: (Int, Float) -> Void) {
    let start = fields.cuts[stretch.from]
    let end = fields.cuts[stretch.to] + 1
    let letters = Int(fields.letters[end] - fields.letters[start])
    let all = Int(fields.letters[fields.code.count])
    let words = Int(carried.wordCount[end] - carried.wordCount[start])
    let mode = surface * 2 + (isWhole(stretch) ? 1 : 0)
    let size = min(18, Self.halfOctave(letters))
    one(100 + size, 0.5)
    one(200 + size * 8 + mode, 0.5)
    one(400 + min(20, words) * 8 + mode, 0.5)
    one(1000 + (all > 0 ? 10 * letters / all : 0) * 4 + surface, 0.5)
    one(3000 + Int(fields.firstDelimiter[stretch.to]), 0.25)
    one(4000 + (stretch.to == fields.cuts.count - 1 ? 8 : 0) + (stretch.from == 0 ? 4 : 0) + surface, 0.5)
  }
}
