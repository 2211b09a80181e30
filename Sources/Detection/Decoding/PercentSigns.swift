import Glibc

/// Percent-encoding (RFC 3986, 2.1) and, where it looks like that of a form, the plus sign for a space.
enum PercentSigns {
  /// Writes the text without them; false where there is none, and then `output` is of no use.
  static func undo(_ text: PlacedText, into output: MappedText, encodings: inout Encodings) -> Bool {
    let bytes = text.bytes
    guard let base = bytes.baseAddress,
      memchr(base, 0x25, bytes.count) != nil || memchr(base, 0x2B, bytes.count) != nil
    else { return false }
    output.removeAll()
    var isChanged = false
    var copied = 0
    var index = 0
    func replace(_ range: Range<Int>, by byte: UInt8) {
      output.append(copied..<range.lowerBound, of: text)
      let source = text.source(of: range)
      output.append(
        byte, decodedFrom: UInt32(source.lowerBound)..<UInt32(source.upperBound),
        by: text.chain(of: range).adding(.percent))
      (copied, index, isChanged) = (range.upperBound, range.upperBound, true)
    }
    while index < bytes.count {
      guard !Token.isEnd(bytes[index]) else {
        index += 1
        continue
      }
      let token = Token(bytes, from: index)
      guard token.percents > 0 || token.plusIsSpace else {
        index = token.end
        continue
      }
      while index < token.end {
        if token.percents > 0, bytes[index] == 0x25, let value = Self.value(bytes, at: index) {
          replace(index..<index + 3, by: value < 32 ? 0x20 : value)
        } else if token.plusIsSpace, bytes[index] == 0x2B {
          replace(index..<index + 1, by: 0x20)
        } else {
          index += 1
        }
      }
    }
    guard isChanged else { return false }
    encodings.insert(.percent)
    output.append(copied..<bytes.count, of: text)
    return true
  }

  @inline(__always)
  private static func value(_ bytes: UnsafeRawBufferPointer, at index: Int) -> UInt8? {
    guard index + 2 < bytes.count, let high = Digits.hex(bytes[index + 1]), let low = Digits.hex(bytes[index + 2])
    else { return nil }
    return high << 4 | low
  }

  /// What stands between blanks and quotation marks: a query is one.
  private struct Token {
    var end: Int
    var percents = 0
    var plusIsSpace: Bool

    static func isEnd(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x22 || byte == 0x27 || byte == 0x0A }

    init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
      end = start
      var (pluses, wordPluses) = (0, 0)
      while end < bytes.count, !Self.isEnd(bytes[end]) {
        if bytes[end] == 0x25, PercentSigns.value(bytes, at: end) != nil { percents += 1 }
        if bytes[end] == 0x2B {
          pluses += 1
          if end > start, end + 1 < bytes.count, (bytes[end - 1] | 32) &- 0x61 < 26, bytes[end + 1] &- 0x61 < 26 {
            wordPluses += 1
          }
        }
        end += 1
      }
      // Between words they are spaces; in the long words of base64 they are a digit.
      plusIsSpace = pluses >= 1 && (wordPluses * 2 >= pluses || percents >= 1)
      if (end - start) / (pluses + 1) > 14, percents == 0 { plusIsSpace = false }
    }
  }
}
