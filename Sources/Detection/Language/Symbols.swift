/// UTF-8 as far as judging needs it.
enum UTF8Scan {
  /// Length of the character that starts at `index`, or 0 where there is none.
  @inline(__always)
  static func length(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let lead = bytes[index]
    let length: Int
    switch lead {
    case ..<0x80: return 1
    case 0xC2..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0..<0xF5: length = 4
    default: return 0
    }
    guard index + length <= bytes.count else { return 0 }
    for offset in 1..<length where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }
}

/// A text as the scorer reads it: code points, folded in case, every number a single `0`, runs of blanks and rules
/// collapsed, of any other symbol cut to three, and words that only repeat those before them left out.
struct Symbols {
  var code: [UInt32] = []
  var isUpper: [Bool] = []
  /// Offset of the symbol's first byte in the plain text.
  var offset: [UInt32] = []

  static let boundary: UInt32 = 3
  static let newline: UInt32 = 10
  static let digit: UInt32 = 0x30

  mutating func read(_ bytes: UnsafeRawBufferPointer) {
    code.removeAll(keepingCapacity: true)
    isUpper.removeAll(keepingCapacity: true)
    offset.removeAll(keepingCapacity: true)
    var index = 0
    var words = Repetition()
    var word = (start: 0, hash: GramStreams.hash([]), hasLetters: false, isInside: true)
    while index < bytes.count {
      let length = UTF8Scan.length(bytes, at: index)
      let (symbol, upper) = Self.fold(Self.scalar(bytes, at: index, length))
      if symbol != code.last || !Self.collapses(symbol) && !isThird(symbol) {
        let isInside = Self.isWord(symbol)
        if isInside, !word.isInside {
          end(word.start, isRepeated: words.repeats(word.hash, hasLetters: word.hasLetters))
          word = (code.count, GramStreams.hash([]), false, true)
        }
        word.isInside = isInside
        word.hasLetters = word.hasLetters || isInside && symbol != Self.digit
        word.hash = GramStreams.step(word.hash, UInt64(symbol))
        code.append(symbol)
        isUpper.append(upper)
        offset.append(UInt32(index))
      }
      index += max(1, length)
    }
    end(word.start, isRepeated: words.repeats(word.hash, hasLetters: word.hasLetters))
  }

  /// Three of the symbol stand at the end already.
  @inline(__always)
  private func isThird(_ symbol: UInt32) -> Bool {
    code.count >= 3 && code[code.count - 2] == symbol && code[code.count - 3] == symbol
  }

  /// Takes the last word away again where it only repeats.
  @inline(__always)
  private mutating func end(_ start: Int, isRepeated: Bool) {
    guard isRepeated else { return }
    code.removeLast(code.count - start)
    isUpper.removeLast(isUpper.count - start)
    offset.removeLast(offset.count - start)
  }

  @inline(__always)
  private static func collapses(_ symbol: UInt32) -> Bool {
    switch symbol {
    case digit, newline, 0x20, 0x2D, 0x3D, 0x23: true
    default: false
    }
  }

  @inline(__always)
  private static func scalar(_ bytes: UnsafeRawBufferPointer, at index: Int, _ length: Int) -> UInt32 {
    func tail(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset] & 63) }
    let lead = UInt32(bytes[index])
    switch length {
    case 0: return 0xFFFD
    case 1: return lead
    case 2: return (lead & 31) << 6 | tail(1)
    case 3: return (lead & 15) << 12 | tail(1) << 6 | tail(2)
    default: return (lead & 7) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)
    }
  }

  /// The symbol of a code point, and whether it was a capital.
  static func fold(_ value: UInt32) -> (UInt32, Bool) {
    switch value {
    case 0x41...0x5A: (value + 32, true)
    case 0x31...0x39: (digit, false)
    case 9, 13: (newline, false)
    case ..<0x80: (value, false)
    case 0xA0: (0x20, false)
    case 0xAB, 0xBB, 0x201C, 0x201D: (0x22, false)
    case 0x2018, 0x2019: (0x27, false)
    case 0xC0...0xD6, 0xD8...0xDE: (value + 32, true)
    case 0x100..<0x138 where value & 1 == 0: (value + 1, true)
    case 0x391...0x3A9, 0x410...0x42F: (value + 32, true)
    case 0x400...0x40F: (value + 80, true)
    default: (value, false)
    }
  }

  /// Letters of any script and digits.
  @inline(__always)
  static func isWord(_ symbol: UInt32) -> Bool {
    if symbol < 0xC0 { return symbol &- 0x61 < 26 || symbol == digit }
    switch symbol {
    case 0xD7, 0xF7, 0x2000..<0x2070, 0x3000..<0x3004, 0xFF00...0xFF0F, 0xFFFD: return false
    default: return true
    }
  }

  /// How much a symbol counts as text: scripts without spaces carry more in each.
  @inline(__always)
  static func weight(_ symbol: UInt32) -> Int32 {
    guard isWord(symbol), symbol != digit else { return 0 }
    return symbol >= 0x2E80 ? 2 : 1
  }
}
