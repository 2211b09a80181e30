/// Reads blocks and the attributes that are plain texts; it evaluates nothing.
struct AlloyReader {
  private static let maximumDepth = 64

  private let bytes: [UInt8]
  private var index = 0
  private var counter = PositionCounter()
  /// The blocks around the place, the file itself first.
  private var open = [AlloyBlock(name: "", offset: 0)]
  /// Blocks around the place that are left out.
  private var omitted = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func read() -> [AlloyBlock] {
    while true {
      skipSpaces(newlines: true)
      guard let byte else { break }
      switch byte {
      case UInt8(ascii: "}"):
        index += 1
        close()
      case _ where Self.isLetter(byte): statement()
      case UInt8(ascii: "\""), UInt8(ascii: "`"): _ = literal()
      default: index += 1
      }
    }
    omitted = 0
    while open.count > 1 { close() }
    return open[0].blocks
  }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// A block's head, or an attribute. `index` is at a letter.
  private mutating func statement() {
    let start = index
    while let byte, Self.isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") { index += 1 }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    skipSpaces(newlines: false)
    var label: String?
    if byte == UInt8(ascii: "\"") {
      label = literal()
      skipSpaces(newlines: false)
    }
    if byte == UInt8(ascii: "{") {
      index += 1
      if open.count > Self.maximumDepth {
        omitted += 1
      } else {
        open.append(AlloyBlock(name: name, label: label, offset: start))
      }
    } else if byte == UInt8(ascii: "="), label == nil {
      index += 1
      attribute(name)
    }
  }

  private mutating func close() {
    if omitted > 0 {
      omitted -= 1
    } else if open.count > 1 {
      let block = open.removeLast()
      open[open.count - 1].blocks.append(block)
    }
  }

  private mutating func attribute(_ name: String) {
    skipSpaces(newlines: true)
    let start = index
    let text: String
    let style: PositionedValue.Style
    if let truth = truth() {
      (text, style) = (truth, .plain)
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`"), let literal = literal() {
      (text, style) = (literal, .doubleQuoted)
    } else {
      return skipExpression()
    }
    skipSpaces(newlines: false)
    guard byte == nil || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "}") else { return skipExpression() }
    bytes.withUnsafeBytes { counter.move(to: start, in: $0) }
    let value = PositionedValue(
      .scalar(text, style), line: counter.line, column: counter.column, offset: start)
    if omitted == 0 { open[open.count - 1].texts.append((name, value)) }
  }

  /// The word `true` or `false`, behind which the reader then stands.
  private mutating func truth() -> String? {
    for word in ["true", "false"] where bytes[index...].starts(with: word.utf8) {
      index += word.utf8.count
      return word
    }
    return nil
  }

  /// Up to the end of the line that ends the expression: one in no brackets, and behind no operator.
  private mutating func skipExpression() {
    var depth = 0
    var isOpen = false
    while let byte {
      switch byte {
      case UInt8(ascii: "\n") where depth == 0 && !isOpen: return
      case UInt8(ascii: "\""), UInt8(ascii: "`"):
        _ = literal()
        isOpen = false
        continue
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard depth > 0 else { return }
        depth -= 1
        isOpen = false
      case UInt8(ascii: "/") where isComment:
        skipComment()
        continue
      case 0x09, 0x0A, 0x0D, 0x20: break
      default: isOpen = "+-*/%^<>=!&|.".utf8.contains(byte)
      }
      index += 1
    }
  }

  /// The text at the quote; nil for one that is none, of which the line is passed over.
  private mutating func literal() -> String? {
    if let (value, end) = try? GoString.read(bytes, at: index, as: .go) {
      index = end
      return String(decoding: value, as: UTF8.self)
    }
    index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    return nil
  }

  private mutating func skipSpaces(newlines: Bool) {
    while let byte {
      switch byte {
      case 0x09, 0x0D, 0x20: index += 1
      case 0x0A where newlines: index += 1
      case UInt8(ascii: "/") where isComment: skipComment()
      default: return
      }
    }
  }

  private var isComment: Bool {
    index + 1 < bytes.count && (bytes[index + 1] == UInt8(ascii: "/") || bytes[index + 1] == UInt8(ascii: "*"))
  }

  /// The line's end stays where a comment ends with its line.
  private mutating func skipComment() {
    let isLine = bytes[index + 1] == UInt8(ascii: "/")
    index += 2
    while let byte {
      if isLine, byte == UInt8(ascii: "\n") { return }
      index += 1
      if !isLine, byte == UInt8(ascii: "*"), self.byte == UInt8(ascii: "/") {
        index += 1
        return
      }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
}
