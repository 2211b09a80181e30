/// `html`, `js` and `urlquery` (`text/template/funcs.go`, `net/url`).
enum GoEscapes {
  static func html(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case 0: Array("\u{FFFD}".utf8)
      case UInt8(ascii: "\""): Array("&#34;".utf8)
      case UInt8(ascii: "'"): Array("&#39;".utf8)
      case UInt8(ascii: "&"): Array("&amp;".utf8)
      case UInt8(ascii: "<"): Array("&lt;".utf8)
      case UInt8(ascii: ">"): Array("&gt;".utf8)
      default: [byte]
      }
    }
  }

  static func script(_ bytes: [UInt8]) -> [UInt8] {
    GoText.scalars(bytes).flatMap { scalar, range -> [UInt8] in
      switch scalar {
      case "\\": return Array("\\\\".utf8)
      case "'": return Array("\\'".utf8)
      case "\"": return Array("\\\"".utf8)
      case "<", ">", "&", "=": return Array("\\u00".utf8) + GoText.hexadecimal(scalar.value, 2, isCapital: true)
      case _ where scalar.value < 0x20:
        return Array("\\u00".utf8) + GoText.hexadecimal(scalar.value, 2, isCapital: true)
      case _ where scalar.value < 0x80: return Array(bytes[range])
      default:
        if GoText.isPrintable(scalar), scalar != "\u{FFFD}" || range.count > 1 { return Array(bytes[range]) }
        // Go takes the replacement character of a bad byte for a printable one.
        if scalar == "\u{FFFD}" { return Array(bytes[range]) }
        return Array("\\u".utf8) + GoText.hexadecimal(scalar.value, 4, isCapital: true)
      }
    }
  }

  /// `url.QueryEscape`
  static func query(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"):
        [byte]
      case UInt8(ascii: " "): [UInt8(ascii: "+")]
      default: [UInt8(ascii: "%")] + GoText.hexadecimal(UInt32(byte), 2, isCapital: true)
      }
    }
  }

  /// `url.QueryUnescape`; nil where a percent sign has no two digits behind it.
  static func unescapedQuery(_ bytes: [UInt8]) -> [UInt8]? {
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "%") else {
        out.append(bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
        index += 1
        continue
      }
      guard index + 2 < bytes.count, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else {
        return nil
      }
      out.append(high << 4 | low)
      index += 3
    }
    return out
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    UInt8(String(UnicodeScalar(byte)), radix: 16)
  }
}
