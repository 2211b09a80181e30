import Glibc

/// String escapes of JSON, Python and their like: `\n`, `\"`, `\/`, `\u00e9` (surrogates in pairs), `\xe9`. Python writes no octal
/// escapes. Backslashes in a row count as one, since every further quoting doubles them. Escape sequences that colour a
/// terminal's text (ECMA-48, 8.3.117 and its like) go, as bytes and as escapes.
enum StringEscapes {
  /// Writes the text without its escapes, and says by numbers which characters stood; false where there is none, and then
  /// `output` is of no use.
  static func undo(_ text: PlacedText, into output: MappedText, encodings: inout Encodings) -> Bool {
    guard let base = text.bytes.baseAddress,
      memchr(base, 0x5C, text.bytes.count) != nil || memchr(base, 0x1B, text.bytes.count) != nil
    else { return false }
    return undo(text, into: output, encodings: &encodings, isOnce: false)
  }

  /// Undoes one level of escapes, where there are several: a quoting that was quoted again.
  static func undoOnce(_ text: PlacedText, into output: MappedText) -> Bool {
    guard hasPair(text.bytes) else { return false }
    var encodings: Encodings = []
    return undo(text, into: output, encodings: &encodings, isOnce: true)
  }

  /// Whether two backslashes stand side by side.
  private static func hasPair(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var from = 0
    while let found = memchr(base + from, 0x5C, bytes.count - from) {
      from = UnsafeRawPointer(found) - base + 1
      if from < bytes.count, bytes[from] == 0x5C { return true }
    }
    return false
  }

  private static func undo(
    _ text: PlacedText, into output: MappedText, encodings: inout Encodings, isOnce: Bool
  ) -> Bool {
    let bytes = text.bytes
    output.removeAll()
    var isChanged = false
    var copied = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x5C || byte == 0x1B else {
        index += 1
        continue
      }
      let start = index
      var next = index + 1
      if byte == 0x1B {
        guard let end = ControlSequence.end(bytes, at: next) else {
          index = next
          continue
        }
        output.append(copied..<start, of: text)
        (copied, index, isChanged) = (end, end, true)
        continue
      }
      if isOnce {
        // The second of two is what the first escapes.
        if next < bytes.count, bytes[next] == 0x5C { next += 1 }
      } else {
        while next < bytes.count, bytes[next] == 0x5C { next += 1 }
      }
      var unit = isOnce && next > start + 1 ? Unit(backslashBefore: next) : Unit(bytes, at: next)
      guard unit.end > next || next > start + 1 else {
        index = next
        continue
      }
      isChanged = true
      output.append(copied..<start, of: text)
      (copied, index) = (unit.end, unit.end)
      if unit.isNumeric { encodings.insert(.escapes) }
      if unit.value == 0x1B, let end = ControlSequence.end(bytes, at: unit.end) {
        (copied, index) = (end, end)
        continue
      }
      if unit.value < 32, !unit.isByte { unit.value = 0x0A }
      let range = start..<unit.end
      let chain = text.chain(of: range).adding(unit.isNumeric ? .numericEscape : .escape)
      let source = text.source(of: range)
      unit.withBytes {
        output.append($0, decodedFrom: UInt32(source.lowerBound)..<UInt32(source.upperBound), by: chain)
      }
    }
    guard isChanged else { return false }
    output.append(copied..<bytes.count, of: text)
    return true
  }

  /// What stands behind a backslash.
  private struct Unit {
    /// Just past it; where it begins if it is no escape, and then it is the backslash itself.
    var end: Int
    var value: UInt32 = 0x5C
    var isNumeric = false
    /// A byte and not a code point: Python's bytes and nginx write UTF-8 byte by byte.
    var isByte = true

    init(backslashBefore end: Int) { self.end = end }

    init(_ bytes: UnsafeRawBufferPointer, at start: Int) {
      end = start
      guard start < bytes.count else { return }
      switch bytes[start] {
      case 0x75:  // u
        guard let first = Self.hex(bytes, at: start + 1, digits: 4) else { return }
        (value, end, isNumeric, isByte) = (first, start + 5, true, false)
        pair(bytes)
      case 0x78:  // x
        guard let code = Self.hex(bytes, at: start + 1, digits: 2) else { return }
        (value, end, isNumeric) = (code, start + 3, true)
      case 0x6E, 0x72, 0x74:  // n, r, t
        (value, end) = (0x0A, start + 1)
      case 0x22, 0x27, 0x2F:  // quotes, slash
        (value, end) = (UInt32(bytes[start]), start + 1)
      default: break
      }
    }

    /// Takes in the second half of a surrogate pair.
    private mutating func pair(_ bytes: UnsafeRawBufferPointer) {
      guard value & 0xFC00 == 0xD800 else { return }
      var second = end
      while second < bytes.count, bytes[second] == 0x5C { second += 1 }
      guard second > end, second < bytes.count, bytes[second] == 0x75,
        let low = Self.hex(bytes, at: second + 1, digits: 4), low & 0xFC00 == 0xDC00
      else { return }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      end = second + 5
    }

    private static func hex(_ bytes: UnsafeRawBufferPointer, at start: Int, digits: Int) -> UInt32? {
      guard start + digits <= bytes.count else { return nil }
      var value: UInt32 = 0
      for index in start..<start + digits {
        guard let digit = Digits.hex(bytes[index]) else { return nil }
        value = value << 4 | UInt32(digit)
      }
      return value
    }

    func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
      func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | value >> shift & 63) }
      var bytes: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
      let count: Int
      switch value {
      case _ where isByte, ..<0x80: (bytes.0, count) = (UInt8(truncatingIfNeeded: value), 1)
      case ..<0x800: (bytes, count) = ((UInt8(0xC0 | value >> 6), tail(0), 0, 0), 2)
      case ..<0x10000: (bytes, count) = ((UInt8(0xE0 | value >> 12), tail(6), tail(0), 0), 3)
      default: (bytes, count) = ((UInt8(0xF0 | value >> 18 & 7), tail(12), tail(6), tail(0)), 4)
      }
      withUnsafeBytes(of: bytes) { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}

/// What follows the byte ESC to colour text and to move the cursor: `[`, parameters, intermediate bytes and a final one
/// (ECMA-48, 5.4).
enum ControlSequence {
  /// Longer ones are none.
  private static let longest = 32

  /// Just past a sequence whose `[` stands at `start`.
  static func end(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
    guard start < bytes.count, bytes[start] == 0x5B else { return nil }
    var index = start + 1
    let limit = min(bytes.count, start + longest)
    while index < limit, (0x30...0x3F).contains(bytes[index]) { index += 1 }
    while index < limit, (0x20...0x2F).contains(bytes[index]) { index += 1 }
    return index < limit && (0x40...0x7E).contains(bytes[index]) ? index + 1 : nil
  }
}

enum Digits {
  @inline(__always)
  static func hex(_ byte: UInt8) -> UInt8? {
    if byte &- 0x30 < 10 { return byte &- 0x30 }
    let letter = (byte | 32) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }

  /// Whether `base64` has a value for the byte.
  @inline(__always)
  static func isBase64(_ byte: UInt8) -> Bool {
    // One bit a character: `+-/0-9`, `A-Z_a-z`.
    let members: UInt64 = byte < 64 ? 0x03FF_A800_0000_0000 : 0x07FF_FFFE_87FF_FFFE
    return byte < 128 && members >> UInt64(byte & 63) & 1 == 1
  }

  /// Both alphabets, since one text may use either (RFC 4648, 4 and 5).
  @inline(__always)
  static func base64(_ byte: UInt8) -> UInt8? {
    if byte &- 0x41 < 26 { return byte &- 0x41 }
    if byte &- 0x61 < 26 { return byte &- 0x61 &+ 26 }
    if byte &- 0x30 < 10 { return byte &- 0x30 &+ 52 }
    if byte == 0x2B || byte == 0x2D { return 62 }
    return byte == 0x2F || byte == 0x5F ? 63 : nil
  }
}
