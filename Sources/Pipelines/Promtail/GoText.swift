import Expressions

/// Texts as Go writes and reads them.
enum GoText {
  /// A number without an exponent and with as few digits as tell it apart (`FormatFloat(x, 'f', -1, 64)`).
  static func decimal(_ number: Double) -> String {
    var text = "\(number)"
    if text.hasSuffix(".0") { text.removeLast(2) }
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]) else { return text }
    let isNegative = text.hasPrefix("-")
    let mantissa = text[..<mark].drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    var whole = String(mantissa[0])
    var fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
    if exponent >= 0 {
      fraction += String(repeating: "0", count: max(0, exponent - fraction.count))
      whole += fraction.prefix(exponent)
      fraction = String(fraction.dropFirst(exponent))
    } else {
      whole = String(repeating: "0", count: max(0, -exponent + 1 - whole.count)) + whole
      fraction = whole.suffix(-exponent) + fraction
      whole = String(whole.dropLast(-exponent))
    }
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return (isNegative ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// A JSON string as `encoding/json` writes it: `<`, `>` and `&` escaped, invalid UTF-8 replaced.
  static func json(_ bytes: [UInt8]) -> [UInt8] {
    var out = [UInt8(ascii: "\"")]
    for (scalar, isValid) in scalars(bytes) {
      switch scalar {
      case _ where !isValid: out += Array("\\ufffd".utf8)
      case "\"": out += Array("\\\"".utf8)
      case "\\": out += Array("\\\\".utf8)
      case "\n": out += Array("\\n".utf8)
      case "\r": out += Array("\\r".utf8)
      case "\t": out += Array("\\t".utf8)
      case "\u{8}": out += Array("\\b".utf8)
      case "\u{C}": out += Array("\\f".utf8)
      case "<", ">", "&", "\u{2028}", "\u{2029}", "\0"..<" ":
        let hex = String(scalar.value, radix: 16)
        out += Array("\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf8)
      default: out += UTF8.encode(scalar).map(Array.init) ?? []
      }
    }
    return out + [UInt8(ascii: "\"")]
  }

  /// With U+FFFD for every byte that is no UTF-8, as Go's JSON reader does it.
  static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars(bytes).lazy.map(\.scalar))
    return Array(String(text).utf8)
  }

  private static func scalars(_ bytes: [UInt8]) -> [(scalar: Unicode.Scalar, isValid: Bool)] {
    bytes.withUnsafeBytes { buffer in
      var scalars: [(scalar: Unicode.Scalar, isValid: Bool)] = []
      var index = 0
      while index < buffer.count {
        let (point, width) = UTF8Reading.decode(buffer, at: index)
        scalars.append((Unicode.Scalar(point) ?? "\u{FFFD}", point != 0xFFFD || width > 1))
        index += width
      }
      return scalars
    }
  }

  /// White space as `strings.TrimSpace` has it.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
    guard text.allSatisfy({ $0 != "\u{FFFD}" }) else {
      let isSpace = { (byte: UInt8) in (9...13).contains(byte) || byte == 32 }
      guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
      else { return [] }
      return Array(bytes[first...last])
    }
    guard let first = text.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = text.lastIndex(where: { !$0.properties.isWhitespace })
    else { return [] }
    return Array(String(text[first...last]).utf8)
  }

  /// Go's string literals, `"…"` and `` `…` ``; `index` is at the quote and then behind the literal. Nil where it is none.
  static func literal(_ bytes: [UInt8], _ index: inout Int) -> String? {
    guard index < bytes.count else { return nil }
    let quote = bytes[index]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "`") else { return nil }
    index += 1
    var out: [UInt8] = []
    while index < bytes.count, bytes[index] != quote {
      guard bytes[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") else {
        out.append(bytes[index])
        index += 1
        continue
      }
      guard index + 1 < bytes.count, let escaped = escape(bytes, &index) else { return nil }
      out += escaped
    }
    guard index < bytes.count else { return nil }
    index += 1
    return String(decoding: out, as: UTF8.self)
  }

  private static let simpleEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
    UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): 92, UInt8(ascii: "\""): 34,
  ]

  private static func escape(_ bytes: [UInt8], _ index: inout Int) -> [UInt8]? {
    let letter = bytes[index + 1]
    index += 2
    if let simple = simpleEscapes[letter] { return [simple] }
    let length: Int
    switch letter {
    case UInt8(ascii: "x"): length = 2
    case UInt8(ascii: "u"): length = 4
    case UInt8(ascii: "U"): length = 8
    default: return nil
    }
    guard index + length <= bytes.count,
      let value = UInt32(String(decoding: bytes[index..<(index + length)], as: UTF8.self), radix: 16)
    else { return nil }
    index += length
    if length == 2 { return [UInt8(value)] }
    return Unicode.Scalar(value).flatMap { UTF8.encode($0) }.map(Array.init)
  }
}
