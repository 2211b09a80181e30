/// What a text is made of, hashed: three streams of features, each tied to the position where it ends, so that the score
/// of any stretch is a difference of running sums.
///
/// *Characters*: n-grams of 1 to 5 symbols, words and pairs of words. *Shape*: 3- to 7-grams of the text with letters
/// reduced to their kind. *Kinds*: 1- to 4-grams of kinds of words (`WordKinds`) and punctuation.
///
/// Where `cuts` holds delimiters, no feature reaches over one, and all delimiters look alike: what stands in a field is
/// then judged by itself, whatever carries it.
struct GramStreams: ~Copyable {
  struct Stream: ~Copyable {
    /// Feature hashes, in the order of the positions at which they end.
    var features = FlatList<UInt32>()
    /// For each position, and one past the last, the index of its first feature.
    var first = FlatList<Int32>()

    /// Empties the stream; so many positions will come, of so many features each at most.
    mutating func begin(_ positions: Int, features most: Int) {
      features.begin(positions * most + most)
      first.begin(positions + 1)
    }

    /// The features that end in a stretch of positions.
    @inline(__always)
    func features(in positions: Range<Int>) -> UnsafeBufferPointer<UInt32> {
      features[Int(first[positions.lowerBound])..<Int(first[positions.upperBound])]
    }
  }

  var characters = Stream()
  var shape = Stream()
  var kinds = Stream()
  /// The words of the text: where each ends, and its kinds.
  var words: [(end: Int32, kinds: WordKinds)] = []
  /// Running count of words that ended before each position.
  var wordCount = FlatList<Int32>()

  private var shapeHistory = FlatList<UInt32>()
  private var kindHistory = FlatList<UInt32>()

  private static let prime: UInt64 = 0x1_0000_0000_01B3
  private static let wordSeed: UInt64 = 99

  @inline(__always)
  static func step(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    let mixed = (hash ^ value) &* prime
    return mixed ^ mixed >> 31
  }

  /// The feature index of a hash; tables use as many of its low bits as they are large.
  @inline(__always)
  static func index(_ hash: UInt64) -> UInt32 {
    var mixed = hash ^ hash >> 29
    mixed = mixed &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: mixed ^ mixed >> 32) & 0xF_FFFF
  }

  static func hash(_ symbols: some Sequence<UInt32>) -> UInt64 {
    symbols.reduce(wordSeed) { step($0, UInt64($1)) }
  }

  /// Reads symbols that begin and end with `Symbols.boundary`. With `isCut`, each boundary inside ends all histories.
  mutating func read(_ code: [UInt32], _ isUpper: [Bool], isCut: Bool) {
    code.withUnsafeBufferPointer { code in
      isUpper.withUnsafeBufferPointer { read(code, $0, isCut) }
    }
  }

  private mutating func read(_ code: UnsafeBufferPointer<UInt32>, _ isUpper: UnsafeBufferPointer<Bool>, _ isCut: Bool) {
    // Five n-grams, and a word may end.
    characters.begin(code.count, features: 7)
    shape.begin(code.count, features: 5)
    // A word and a mark.
    kinds.begin(code.count, features: 8)
    words.removeAll(keepingCapacity: true)
    wordCount.begin(code.count + 1)
    shapeHistory.begin(code.count + 1)
    kindHistory.begin(2 * code.count + 1)
    var wordStart = -1
    var previousWord: UInt64 = 1
    for position in code.indices {
      let symbol = code[position]
      endPosition()
      addCharacters(code, position, isCut)
      let isInside =
        Symbols.isWord(symbol)
        || symbol == 0x27 && wordStart >= 0 && position + 1 < code.count && Symbols.isWord(code[position + 1])
      if isInside {
        if wordStart < 0 { wordStart = position }
      } else {
        if wordStart >= 0 {
          addWord(code, isUpper, wordStart..<position, &previousWord)
          wordStart = -1
        }
        addPunctuation(symbol, isCut, &previousWord)
      }
      addShape(symbol, isUpper[position], isCut)
    }
    endPosition()
  }

  /// What comes now belongs to the next position.
  @inline(__always)
  private mutating func endPosition() {
    characters.first.append(Int32(characters.features.count))
    shape.first.append(Int32(shape.features.count))
    kinds.first.append(Int32(kinds.features.count))
    wordCount.append(Int32(words.count))
  }

  @inline(__always)
  private mutating func addCharacters(_ code: UnsafeBufferPointer<UInt32>, _ position: Int, _ isCut: Bool) {
    var hash: UInt64 = 5_000_011
    for length in 1...min(5, position + 1) {
      let symbol = code[position - length + 1]
      hash = Self.step(hash, UInt64(symbol))
      if length > 1 || symbol != Symbols.boundary { characters.features.append(Self.index(hash &+ UInt64(length))) }
      if isCut, length > 1, symbol == Symbols.boundary { break }
    }
  }

  private mutating func addWord(
    _ code: UnsafeBufferPointer<UInt32>, _ isUpper: UnsafeBufferPointer<Bool>, _ range: Range<Int>,
    _ previous: inout UInt64
  ) {
    let hash = Self.hash(code[range])
    characters.features.append(Self.index(hash &* 31 &+ 1))
    characters.features.append(Self.index(Self.step(hash &* 31 &+ 2, previous)))
    previous = hash
    let kinds = WordKinds.of(hash)
    words.append((Int32(range.upperBound), kinds))
    addKind(Self.kind(code, isUpper, range, kinds))
  }

  /// The class of a word: its kinds where it is known, else what it looks like.
  private static func kind(
    _ code: UnsafeBufferPointer<UInt32>, _ isUpper: UnsafeBufferPointer<Bool>, _ range: Range<Int>, _ kinds: WordKinds
  ) -> UInt32 {
    let before = range.lowerBound > 0 ? code[range.lowerBound - 1] : 0
    let after = range.upperBound < code.count ? code[range.upperBound] : 0
    if before == 0x5F || before == 0x2F || before == 0x2E || after == 0x5F || after == 0x2F { return 200 }
    if !kinds.isEmpty { return 300 + UInt32(kinds.rawValue) }
    var (hasDigit, hasUpper, allUpper, isCamel) = (false, false, true, false)
    for position in range {
      if code[position] == Symbols.digit { hasDigit = true }
      if isUpper[position] {
        hasUpper = true
        if position > range.lowerBound, !isUpper[position - 1] { isCamel = true }
      } else {
        allUpper = false
      }
    }
    if hasDigit { return code[range.lowerBound] == Symbols.digit && range.count == 1 ? 201 : 202 }
    if isCamel { return 203 }
    if allUpper, range.count > 1 { return 204 }
    if hasUpper { return 205 }
    return 206 + (range.count >= 8 ? 1 : 0) + (range.count <= 3 ? 2 : 0)
  }

  private mutating func addPunctuation(_ symbol: UInt32, _ isCut: Bool, _ previousWord: inout UInt64) {
    switch symbol {
    case Symbols.boundary:
      addKind(1)
      if isCut {
        kindHistory.removeAll()
        kindHistory.append(1)
        previousWord = 1
      }
    case 0x20, 0x27, 0x2D: break
    case 0x3F, 0xFF1F, 0x61F: addKind(0x3F)
    case 0x21, 0x2E, 0x2C, 0x3A, 0x2F, 0x5F, 0x3D, 0x22, 0x7B, 0x5B: addKind(symbol)
    default: addKind(0x2A)
    }
  }

  @inline(__always)
  private mutating func addKind(_ kind: UInt32) {
    kindHistory.append(kind)
    var hash: UInt64 = 777
    for length in 1...min(4, kindHistory.count) {
      hash = Self.step(hash, UInt64(kindHistory[kindHistory.count - length]))
      kinds.features.append(Self.index(hash &+ UInt64(length)))
    }
  }

  @inline(__always)
  private mutating func addShape(_ symbol: UInt32, _ isUpper: Bool, _ isCut: Bool) {
    let kind: UInt32
    let isLetter: Bool
    switch symbol {
    case 0x61...0x7A, 0xC0..<0x250: (kind, isLetter) = (isUpper ? 0x41 : 0x61, true)
    case ..<0x80: (kind, isLetter) = (symbol, false)
    case ..<0x600: (kind, isLetter) = (0x62, true)
    case ..<0x2000: (kind, isLetter) = (0x63, true)
    case 0x3040..<0xFF00: (kind, isLetter) = (0x6B, true)
    default: (kind, isLetter) = (symbol, false)
    }
    if isLetter, shapeHistory.count > 0, shapeHistory[shapeHistory.count - 1] == kind { return }
    shapeHistory.append(kind)
    if shapeHistory.count >= 3 {
      var hash: UInt64 = 4242
      for length in 1...min(7, shapeHistory.count) {
        hash = Self.step(hash, UInt64(shapeHistory[shapeHistory.count - length]))
        if length >= 3 { shape.features.append(Self.index(hash &+ UInt64(length))) }
      }
    }
    if isCut, symbol == Symbols.boundary {
      shapeHistory.removeAll()
      shapeHistory.append(Symbols.boundary)
    }
  }
}
