/// `Masterminds/goutils` 1.1: some of it goes by bytes, as if each were a character.
enum GoWords {
  /// Each byte is a character, as in Latin-1, unless there is nothing to take away.
  static func withoutSpace(_ text: [UInt8]) -> [UInt8] {
    let kept = text.filter { !isSpace($0) }
    return kept.count == text.count ? text : kept.flatMap { GoText.character(Int($0)) }
  }

  static func initials(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var isAfterSpace = true
    for byte in text {
      if !isSpace(byte), isAfterSpace { out += GoText.character(Int(byte)) }
      isAfterSpace = isSpace(byte)
    }
    return out
  }

  private static func isSpace(_ byte: UInt8) -> Bool { Unicode.Scalar(byte).properties.isWhitespace }

  static func uncapitalized(_ text: [UInt8]) -> [UInt8] {
    var isAfterSpace = true
    return GoText.scalars(text).flatMap { scalar, _ in
      defer { isAfterSpace = scalar.properties.isWhitespace }
      return isAfterSpace ? GoText.lowered(GoText.encoded(scalar)) : GoText.encoded(scalar)
    }
  }

  /// A small letter after space, or at the start, becomes a title's.
  static func swapped(_ text: [UInt8]) -> [UInt8] {
    var isAfterSpace = true
    return GoText.scalars(text).flatMap { scalar, _ -> [UInt8] in
      let encoded = GoText.encoded(scalar)
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .titlecaseLetter:
        isAfterSpace = false
        return GoText.lowered(encoded)
      case .lowercaseLetter:
        defer { isAfterSpace = false }
        let title = Array(scalar.properties.titlecaseMapping.unicodeScalars)
        return isAfterSpace ? (title.count == 1 ? GoText.encoded(title[0]) : encoded) : GoText.uppered(encoded)
      default:
        isAfterSpace = scalar.properties.isWhitespace
        return encoded
      }
    }
  }

  /// With three points in place of what is cut off.
  static func abbreviated(_ text: [UInt8], from offset: Int, to width: Int) -> [UInt8] {
    guard text.count > width else { return text }
    let points = Array("...".utf8)
    var offset = min(offset, text.count)
    if text.count - offset < width - 3 { offset = text.count - (width - 3) }
    if offset <= 4 { return text.prefix(width - 3) + points }
    guard offset + width - 3 < text.count else { return points + text.suffix(width - 3) }
    // Less than four can't be abbreviated any more: nothing of the text is left.
    return points + (width - 3 < 4 ? [] : abbreviated(Array(text[offset...]), from: 0, to: width - 3))
  }

  /// Lines of at most so many bytes, broken at spaces, and within words only where that is asked for.
  static func wrapped(
    _ text: [UInt8], to width: Int, with line: [UInt8] = [], breaksWords: Bool
  ) -> [UInt8] {
    let (width, line) = (max(1, width), line.isEmpty ? [0x0A] : line)
    let space = UInt8(ascii: " ")
    var out: [UInt8] = []
    var offset = 0
    while text.count - offset > width {
      if text[offset] == space {
        offset += 1
      } else if let end = text[offset...(offset + width)].lastIndex(of: space) {
        out += text[offset..<end] + line
        offset = end + 1
      } else if breaksWords {
        out += text[offset..<(offset + width)] + line
        offset += width
      } else if let end = text[(offset + width)...].firstIndex(of: space) {
        out += text[offset..<end] + line
        offset = end + 1
      } else {
        return out + text[offset...]
      }
    }
    return out + text[min(offset, text.count)...]
  }
}
