/// Counts by which natural language is told from identifiers, product names and machine messages.
///
/// Only what a few counts can say: a scorer that knows languages is another detector.
struct Prose {
  /// Space-separated tokens.
  private(set) var words = 0
  /// Words of letters alone, in small letters or capitalised.
  private(set) var natural = 0
  /// Natural words in small letters throughout.
  private(set) var small = 0
  /// Words that hold sentences together: articles, pronouns, prepositions.
  private(set) var function = 0
  /// Letters of scripts that write no spaces between words.
  private(set) var ideographs = 0
  /// A web address among the words: user agents name themselves with one.
  private(set) var hasAddress = false
  /// A question mark at the end of a word.
  private(set) var hasQuestion = false

  init(_ bytes: UnsafeRawBufferPointer) {
    var start = 0
    for index in 0...bytes.count {
      if index < bytes.count {
        let byte = bytes[index]
        if byte >= 0xE0, Self.isIdeographLead(byte, in: bytes, at: index) { ideographs += 1 }
        guard byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D else { continue }
      }
      if index > start { count(UnsafeRawBufferPointer(rebasing: bytes[start..<index])) }
      start = index + 1
    }
  }

  private mutating func count(_ token: UnsafeRawBufferPointer) {
    words += 1
    var low = 0
    var high = token.count
    while low < high, !Self.isLetter(token[low]) { low += 1 }
    while high > low, !Self.isLetter(token[high - 1]) {
      if token[high - 1] == 0x3F { hasQuestion = true }
      high -= 1
    }
    if high - low > 6, token[low] | 0x20 == 0x68 || token[low] | 0x20 == 0x77, Self.isAddress(token, at: low) {
      hasAddress = true
    }
    // Punctuation around a word is prose; more than three marks, or a digit among them, is something else.
    guard high > low, low <= 3, token.count - high <= 3, high - low <= 24 else { return }
    // One word between quotes is a key or a value of a machine's notation.
    if low > 0, high < token.count, token[low - 1] == 0x22, token[high] == 0x22 { return }
    for index in 0..<low where Self.isDigit(token[index]) { return }
    for index in high..<token.count where Self.isDigit(token[index]) { return }
    var isSmall = true
    var key: UInt64 = 0
    var length = 0
    for index in low..<high {
      let byte = token[index]
      if (0x41...0x5A).contains(byte) {
        guard index == low else { return }
        isSmall = false
      } else if !Self.isLetter(byte) {
        // An apostrophe or a hyphen between letters.
        guard byte == 0x27 || byte == 0x2D, index > low else { return }
      }
      if length < 8 { key |= UInt64(byte | (byte < 0x80 ? 0x20 : 0)) << UInt64(8 * length) }
      length += 1
    }
    let isFunction = length <= 8 && FunctionWords.contains(key)
    guard length >= 2 || isFunction else { return }
    natural += 1
    if isSmall { small += 1 }
    if isFunction { function += 1 }
  }

  /// Natural words among all words.
  var share: Double { words == 0 ? 0 : Double(natural) / Double(words) }

  /// A sentence, or a good part of one, with little else around it.
  var isSentence: Bool {
    if ideographs >= 6 { return true }
    if hasAddress { return function >= 3 && natural >= 8 && share >= 0.7 }
    return function >= 1 && natural >= 4 && share >= 0.75
      || function >= 2 && natural >= 5 && share >= 0.6
      || function >= 1 && natural >= 3 && hasQuestion && share >= 0.6
      || small >= 7 && share >= 0.8
  }

  /// A few words in a row: enough where hiding them was somebody's intent.
  var isPhrase: Bool {
    ideographs >= 4 || natural >= 3 && function >= 1 && share >= 0.5 || small >= 5 && share >= 0.5
  }

  private static func isAddress(_ token: UnsafeRawBufferPointer, at start: Int) -> Bool {
    for prefix in [("http:" as StaticString), "https:", "www."] where start + prefix.utf8CodeUnitCount <= token.count {
      let length = prefix.utf8CodeUnitCount
      if (0..<length).allSatisfy({ token[start + $0] == prefix.utf8Start[$0] }) { return true }
    }
    return false
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// ASCII letters and the bytes of letters beyond ASCII; not of general punctuation, symbols, box drawing and emoji,
  /// whose UTF-8 begins with E2 or F0.
  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || (byte >= 0x80 && byte != 0xE2 && byte != 0xF0)
  }

  /// The first byte of a kana, Han, Hangul or Thai letter.
  private static func isIdeographLead(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
    guard index + 1 < bytes.count else { return false }
    switch byte {
    case 0xE0: return bytes[index + 1] == 0xB8 || bytes[index + 1] == 0xB9
    case 0xE3: return bytes[index + 1] > 0x80
    case 0xE4...0xED: return true
    default: return false
    }
  }
}
