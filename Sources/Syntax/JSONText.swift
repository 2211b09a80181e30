/// JSON strings as text.
public enum JSONText {
  /// Appends the text of a JSON string, whose quoted part is `range`, as UTF-8. A lone surrogate becomes U+FFFD.
  ///
  /// The range must come from `JSONScanner`, which has checked its escapes.
  public static func append(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to out: inout [UInt8]) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < range.upperBound else {
        out.append(bytes[index])
        index += 1
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "u"):
        let (scalar, length) = unicode(bytes, at: index, end: range.upperBound)
        out.append(contentsOf: String(scalar).utf8)
        index += length
        continue
      default: out.append(bytes[index + 1])
      }
      index += 2
    }
  }

  /// The text of a JSON string, whose quoted part is `range`.
  public static func string(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, isEscaped: Bool = true) -> String {
    guard isEscaped else { return String(decoding: bytes[range], as: UTF8.self) }
    var out: [UInt8] = []
    append(bytes, range, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Decodes `\uXXXX` at `index`, and the low surrogate after a high one.
  private static func unicode(_ bytes: UnsafeRawBufferPointer, at index: Int, end: Int) -> (Unicode.Scalar, Int) {
    guard let high = unit(bytes, at: index, end: end) else { return ("\u{FFFD}", min(6, end - index)) }
    if let scalar = Unicode.Scalar(high) { return (scalar, 6) }
    if (0xD800..<0xDC00).contains(high), let low = unit(bytes, at: index + 6, end: end),
      (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    {
      return (scalar, 12)
    }
    return ("\u{FFFD}", 6)
  }

  private static func unit(_ bytes: UnsafeRawBufferPointer, at index: Int, end: Int) -> UInt16? {
    guard index + 6 <= end, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    var value: UInt16 = 0
    for offset in 2..<6 {
      guard let digit = Hex.value(bytes[index + offset]) else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}
