import Expressions
import Syntax

/// Texts as Go's `strings`, `strconv`, `unicode/utf8` and `net/url` treat them: bytes that need not be UTF-8.
package enum GoText {
  /// The code point at a place, U+FFFD for a byte that is none, and its width.
  static func scalar(_ bytes: [UInt8], at index: Int) -> (Unicode.Scalar, width: Int) {
    let (point, width) = bytes.withUnsafeBytes { UTF8Reading.decode($0, at: index) }
    return (Unicode.Scalar(point) ?? "\u{FFFD}", width)
  }

  static func scalars(_ bytes: [UInt8]) -> [(scalar: Unicode.Scalar, range: Range<Int>)] {
    var scalars: [(Unicode.Scalar, Range<Int>)] = []
    var index = 0
    while index < bytes.count {
      let (scalar, width) = scalar(bytes, at: index)
      scalars.append((scalar, index..<(index + width)))
      index += width
    }
    return scalars
  }

  static func count(_ bytes: [UInt8]) -> Int {
    bytes.allSatisfy { $0 < 0x80 } ? bytes.count : scalars(bytes).count
  }

  /// The first code points.
  static func prefix(_ bytes: [UInt8], _ count: Int) -> ArraySlice<UInt8> {
    let scalars = scalars(bytes)
    return count < scalars.count ? bytes[..<scalars[count].range.lowerBound] : bytes[...]
  }

  /// With U+FFFD for every byte that is no UTF-8.
  package static func repaired(_ bytes: [UInt8]) -> [UInt8] { scalars(bytes).flatMap { encoded($0.scalar) } }

  static func encoded(_ scalar: Unicode.Scalar) -> [UInt8] { UTF8.encode(scalar).map(Array.init) ?? [] }

  /// The code point of that number, U+FFFD where there is none.
  static func character(_ number: Int) -> [UInt8] {
    encoded(UInt32(exactly: number).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
  }

  // MARK: Quoting

  /// `%q`: in double quotes, or with `#` in back quotes where that is possible.
  static func quoted(_ bytes: [UInt8], isRaw: Bool, isASCII: Bool) -> [UInt8] {
    let canBeRaw = scalars(bytes).allSatisfy { scalar, range in
      (scalar != "\u{FFFD}" || range.count > 1) && scalar != "\u{FEFF}" && scalar != "`" && scalar != "\u{7F}"
        && (scalar >= " " || scalar == "\t")
    }
    if isRaw, canBeRaw { return [UInt8(ascii: "`")] + bytes + [UInt8(ascii: "`")] }
    var out = [UInt8(ascii: "\"")]
    for (scalar, range) in scalars(bytes) { out += escaped(scalar, bytes[range], quote: "\"", isASCII) }
    return out + [UInt8(ascii: "\"")]
  }

  /// `%q` of a number: the character in single quotes.
  static func quotedCharacter(_ number: Int, isASCII: Bool) -> [UInt8] {
    let bytes = character(number)
    let (scalar, _) = scalar(bytes, at: 0)
    return [UInt8(ascii: "'")] + escaped(scalar, bytes[...], quote: "'", isASCII) + [UInt8(ascii: "'")]
  }

  private static func escaped(
    _ scalar: Unicode.Scalar, _ bytes: ArraySlice<UInt8>, quote: Unicode.Scalar, _ isASCII: Bool
  ) -> [UInt8] {
    if scalar == "\u{FFFD}", bytes.count == 1 { return Array("\\x".utf8) + hexadecimal(UInt32(bytes.first ?? 0), 2) }
    if scalar == quote || scalar == "\\" { return Array("\\".utf8) + bytes }
    if isPrintable(scalar), !isASCII || scalar.isASCII { return Array(bytes) }
    switch scalar {
    case "\u{07}": return Array("\\a".utf8)
    case "\u{08}": return Array("\\b".utf8)
    case "\u{0C}": return Array("\\f".utf8)
    case "\n": return Array("\\n".utf8)
    case "\r": return Array("\\r".utf8)
    case "\t": return Array("\\t".utf8)
    case "\u{0B}": return Array("\\v".utf8)
    case _ where scalar.value < 0x20 || scalar.value == 0x7F: return Array("\\x".utf8) + hexadecimal(scalar.value, 2)
    case _ where scalar.value < 0x10000: return Array("\\u".utf8) + hexadecimal(scalar.value, 4)
    default: return Array("\\U".utf8) + hexadecimal(scalar.value, 8)
    }
  }

  static func hexadecimal(_ value: UInt32, _ count: Int, isCapital: Bool = false) -> [UInt8] {
    let digits = String(value, radix: 16, uppercase: isCapital)
    return Array((String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits).utf8)
  }

  /// `unicode.IsPrint`
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == " " { return true }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }

  // MARK: Case

  package static func lowered(_ text: String) -> String { String(decoding: lowered(Array(text.utf8)), as: UTF8.self) }

  package static func uppered(_ text: String) -> String { String(decoding: uppered(Array(text.utf8)), as: UTF8.self) }

  /// One code point for one, unlike Swift's, which make `SS` of `ß`.
  static func lowered(_ bytes: [UInt8]) -> [UInt8] {
    mapped(bytes) { $0 == "\u{130}" ? "i" : $0.properties.lowercaseMapping }
  }

  static func uppered(_ bytes: [UInt8]) -> [UInt8] {
    mapped(bytes) {
      let mapping = $0.properties.uppercaseMapping
      // `ᾳ` and its like have a single capital only as the first letter of a word.
      return mapping.unicodeScalars.count == 1 ? mapping : $0.properties.titlecaseMapping
    }
  }

  private static func mapped(_ bytes: [UInt8], _ mapping: (Unicode.Scalar) -> String) -> [UInt8] {
    var out: [UInt8] = []
    for (scalar, _) in scalars(bytes) {
      let scalars = mapping(scalar).unicodeScalars
      out += encoded(scalars.count == 1 ? scalars.first ?? scalar : scalar)
    }
    return out
  }

  // MARK: Space

  /// `strings.TrimSpace`
  package static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let scalars = scalars(bytes)
    guard let first = scalars.first(where: { !$0.scalar.properties.isWhitespace }),
      let last = scalars.last(where: { !$0.scalar.properties.isWhitespace })
    else { return [] }
    return Array(bytes[first.range.lowerBound..<last.range.upperBound])
  }

  /// `strings.Trim` and its halves: the code points of a set.
  static func trimmed(_ bytes: [UInt8], of set: [UInt8], left: Bool, right: Bool) -> [UInt8] {
    let members = Set(scalars(set).map(\.scalar))
    let scalars = scalars(bytes)
    var lower = 0
    var upper = bytes.count
    if left {
      lower = scalars.first { !members.contains($0.scalar) }?.range.lowerBound ?? upper
    }
    if right {
      upper = max(lower, scalars.last { !members.contains($0.scalar) }?.range.upperBound ?? lower)
    }
    return Array(bytes[lower..<upper])
  }

  // MARK: Parts

  static func firstIndex(of part: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let head = part.first else { return bytes.startIndex }
    var index = bytes.startIndex
    while let found = bytes[index...].firstIndex(of: head) {
      if bytes[found...].starts(with: part) { return found }
      index = found + 1
    }
    return nil
  }

  /// How often a part that is not empty stands in a text, without overlaps.
  static func count(of part: [UInt8], in bytes: [UInt8]) -> Int {
    var count = 0
    var index = 0
    while let found = firstIndex(of: part, in: bytes[index...]) {
      count += 1
      index = found + part.count
    }
    return count
  }

  /// `strings.Replace`: the first `count`, or all where it is negative; nothing stands before every character.
  static func replaced(_ bytes: [UInt8], _ old: [UInt8], _ new: [UInt8], _ count: Int) -> [UInt8] {
    var out: [UInt8] = []
    var left = count
    if old.isEmpty {
      for (_, range) in scalars(bytes) {
        if left != 0 { out += new }
        left -= left > 0 ? 1 : 0
        out += bytes[range]
      }
      return left != 0 ? out + new : out
    }
    var index = 0
    while left != 0, let found = firstIndex(of: old, in: bytes[index...]) {
      out += bytes[index..<found] + new
      index = found + old.count
      left -= left > 0 ? 1 : 0
    }
    return out + bytes[index...]
  }

  /// `strings.Split`, and `strings.SplitN` where not all parts are asked for; single characters where there is no separator.
  static func parts(of bytes: [UInt8], by separator: [UInt8], atMost limit: Int = -1) -> [[UInt8]] {
    guard limit != 0 else { return [] }
    var parts: [[UInt8]] = []
    var start = 0
    func isLast() -> Bool { limit > 0 && parts.count == limit - 1 }
    if separator.isEmpty {
      for (_, range) in scalars(bytes) where !isLast() {
        parts.append(Array(bytes[range]))
        start = range.upperBound
      }
      return start < bytes.count ? parts + [Array(bytes[start...])] : parts
    }
    while !isLast(), let found = firstIndex(of: separator, in: bytes[start...]) {
      parts.append(Array(bytes[start..<found]))
      start = found + separator.count
    }
    return parts + [Array(bytes[start...])]
  }

  static func hasSuffix(_ bytes: [UInt8], _ suffix: [UInt8]) -> Bool {
    bytes.count >= suffix.count && bytes.suffix(suffix.count).elementsEqual(suffix)
  }
}
