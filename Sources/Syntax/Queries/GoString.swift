/// String literals of Go, as the languages built on it read them, and Go's own way to write one.
///
/// Source: Go's strconv/quote.go; prometheus/util/strutil/quote.go and promql/parser/lex.go (2.42 to 3.14).
public enum GoString {
  /// Who reads.
  public enum Dialect: Sendable, Hashable {
    /// `strconv.Unquote`: no text in single quotes, and a raw string loses its carriage returns.
    case go
    /// PromQL: single quotes are as double ones; what is not UTF-8, and the replacement character itself, is refused.
    case promQL
    /// LogQL: single quotes are as double ones; half of a surrogate pair becomes the replacement character.
    case logQL
  }

  /// Reads the literal that starts with the quote at `start`.
  ///
  /// - Returns: its bytes, which need not be UTF-8 (`"\xff"`), and the offset behind the closing quote.
  /// - Throws: the error's place is the offending byte's; that of a literal without end is `start`.
  public static func read(_ bytes: [UInt8], at start: Int, as dialect: Dialect) throws(QueryError) -> (
    value: [UInt8], end: Int
  ) {
    var reader = Reader(bytes: bytes, start: start, index: start + 1, quote: bytes[start], dialect: dialect)
    return (try reader.read(), reader.index)
  }

  /// The literal in double quotes that stands for the text, as `strconv.Quote` writes it.
  ///
  /// The replacement character is written by number, since PromQL takes no other.
  public static func quote(_ text: some StringProtocol) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case "\u{07}": result += "\\a"
      case "\u{08}": result += "\\b"
      case "\u{0C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0B}": result += "\\v"
      case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x80: result += "\\x" + hexadecimal(scalar.value, digits: 2)
      case _ where scalar.value < 0x10000: result += "\\u" + hexadecimal(scalar.value, digits: 4)
      default: result += "\\U" + hexadecimal(scalar.value, digits: 8)
      }
    }
    return result + "\""
  }

  /// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    if scalar == "\u{FFFD}" { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: digits - text.utf8.count) + text
  }
}

extension GoString {
  private struct Reader {
    let bytes: [UInt8]
    let start: Int
    var index: Int
    let quote: UInt8
    let dialect: Dialect

    func error(_ message: String, at offset: Int) -> QueryError { QueryError(message, at: offset, in: bytes) }

    mutating func read() throws(QueryError) -> [UInt8] {
      var out: [UInt8] = []
      let isRaw = quote == UInt8(ascii: "`")
      while index < bytes.count {
        let byte = bytes[index]
        switch byte {
        case quote:
          index += 1
          return out
        case UInt8(ascii: "\n") where !isRaw: throw error("a quoted string ends with its line", at: start)
        case UInt8(ascii: "\\") where !isRaw: try escape(into: &out)
        case UInt8(ascii: "\r") where isRaw && dialect == .go: index += 1
        case 0x80...:
          var decoder = UTF8()
          var iterator = bytes[index..<min(index + 4, bytes.count)].makeIterator()
          guard case .scalarValue(let scalar) = decoder.decode(&iterator),
            dialect != .promQL || scalar != "\u{FFFD}"
          else {
            if dialect == .promQL { throw error("a string holds bytes that are not UTF-8", at: index) }
            // A raw string is taken as it stands.
            out += isRaw ? [byte] : Array("\u{FFFD}".utf8)
            index += 1
            continue
          }
          let width = UTF8.width(scalar)
          out += bytes[index..<index + width]
          index += width
        default:
          out.append(byte)
          index += 1
        }
      }
      throw error("a quoted string is not closed", at: start)
    }

    /// `index` is at the backslash.
    private mutating func escape(into out: inout [UInt8]) throws(QueryError) {
      let place = index
      guard index + 1 < bytes.count else { throw error("a quoted string is not closed", at: start) }
      let letter = bytes[index + 1]
      index += 2
      switch letter {
      case UInt8(ascii: "a"): out.append(0x07)
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "v"): out.append(0x0B)
      case UInt8(ascii: "\\"), quote: out.append(letter)
      case UInt8(ascii: "x"): out.append(UInt8(try number(digits: 2, radix: 16, at: place)))
      case UInt8(ascii: "u"): try append(number(digits: 4, radix: 16, at: place), to: &out, at: place)
      case UInt8(ascii: "U"): try append(number(digits: 8, radix: 16, at: place), to: &out, at: place)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        index -= 1
        let value = try number(digits: 3, radix: 8, at: place)
        guard value <= 0xFF else { throw error("an escape stands for no byte", at: place) }
        out.append(UInt8(value))
      default: throw error("an unknown escape", at: place)
      }
    }

    private func append(_ value: UInt32, to out: inout [UInt8], at place: Int) throws(QueryError) {
      guard let scalar = Unicode.Scalar(value) ?? (value <= 0xDFFF && dialect == .logQL ? "\u{FFFD}" : nil) else {
        throw error("an escape stands for no character", at: place)
      }
      out += UTF8.encode(scalar)!
    }

    private mutating func number(digits: Int, radix: UInt32, at place: Int) throws(QueryError) -> UInt32 {
      var value: UInt32 = 0
      for _ in 0..<digits {
        guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue, digit < radix
        else { throw error("an escape has too few digits", at: place) }
        value = value << (radix == 16 ? 4 : 3) | UInt32(digit)
        index += 1
      }
      return value
    }
  }
}
