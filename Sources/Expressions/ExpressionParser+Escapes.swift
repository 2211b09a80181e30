extension ExpressionParser {
  /// A backslash outside of brackets.
  mutating func backslash() throws(ExpressionError) {
    let start = index
    guard index + 1 < bytes.count else {
      throw ExpressionError("a backslash at the end escapes nothing", at: start, remedy: "write `\\\\`")
    }
    switch bytes[index + 1] {
    case UInt8(ascii: "A"):
      index += 2
      push(.assertion(.beginText))
    case UInt8(ascii: "z"):
      index += 2
      push(.assertion(.endText))
    case UInt8(ascii: "b"):
      index += 2
      push(.assertion(.wordBoundary))
    case UInt8(ascii: "B"):
      index += 2
      push(.assertion(.notWordBoundary))
    case UInt8(ascii: "Q"): quote()
    case UInt8(ascii: "C"):
      throw ExpressionError(
        "\\C is in RE2 for C++ alone; Prometheus, Loki and Promtail are written in Go, which refuses it", at: start,
        remedy: "write (?s:.)")
    case UInt8(ascii: "Z"):
      throw ExpressionError("\\Z is not in RE2", at: start, remedy: "write \\z for the end of the text")
    case UInt8(ascii: "k"), UInt8(ascii: "g"):
      throw ExpressionError("a back reference is not in RE2", at: start, remedy: "compare two labels in a second step")
    default:
      if let set = try classEscape() { return push(.set(set)) }
      pushLiteral(try escape())
    }
  }

  /// `\Q…\E`: everything as it stands; without `\E` to the end.
  private mutating func quote() {
    index += 2
    while index < bytes.count {
      if starts(with: "\\E") {
        index += 2
        return
      }
      pushLiteral(nextPoint())
    }
  }

  /// `\d`, `\pN` and their like; nil (and nothing read) where the escape is a single character's.
  mutating func classEscape() throws(ExpressionError) -> CodePointSet? {
    guard index + 1 < bytes.count else { return nil }
    let letter = bytes[index + 1]
    let isNegated = letter & 0x20 == 0
    let set: CodePointSet
    switch letter | 0x20 {
    case UInt8(ascii: "d"): set = NamedSets.digit
    case UInt8(ascii: "s"): set = NamedSets.space
    case UInt8(ascii: "w"): set = NamedSets.word
    case UInt8(ascii: "p"): return try property(isNegated: isNegated)
    default: return nil
    }
    index += 2
    return cased(set, isNegated: isNegated)
  }

  func cased(_ set: CodePointSet, isNegated: Bool) -> CodePointSet {
    let set = flags.foldsCase ? set.folded : set
    return isNegated ? set.inverted : set
  }

  private mutating func property(isNegated: Bool) throws(ExpressionError) -> CodePointSet {
    let start = index
    var isNegated = isNegated
    index += 2
    var name = ""
    if index < bytes.count, bytes[index] != UInt8(ascii: "{") {
      name = String(Unicode.Scalar(nextPoint()) ?? "\u{FFFD}")
    } else if let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) {
      index += 1
      if bytes[index] == UInt8(ascii: "^") {
        isNegated.toggle()
        index += 1
      }
      name = String(decoding: bytes[index..<close], as: UTF8.self)
      index = close + 1
    }
    guard let set = UnicodeClasses.named(name) else {
      throw ExpressionError(
        "not a Unicode class of RE2", at: start,
        remedy: "it knows general categories (\\pL, \\p{Lu}) and scripts (\\p{Greek}) by their exact names")
    }
    return cased(set, isNegated: isNegated)
  }

  /// An escape that stands for one character; `index` is at the backslash.
  mutating func escape() throws(ExpressionError) -> UInt32 {
    let start = index
    let unknown = ExpressionError("an escape that RE2 does not have", at: start, remedy: "leave the backslash out")
    index += 1
    guard index < bytes.count else {
      throw ExpressionError("a backslash at the end escapes nothing", at: start, remedy: "write `\\\\`")
    }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var value = UInt32(byte - UInt8(ascii: "0"))
      var count = 1
      while count < 3, index < bytes.count, let digit = ASCII.digit(bytes[index], base: 8) {
        value = value * 8 + digit
        index += 1
        count += 1
      }
      guard count > 1 || byte == UInt8(ascii: "0") else {
        throw ExpressionError(
          "a back reference is not in RE2", at: start, remedy: "compare two labels in a second step")
      }
      return value
    case UInt8(ascii: "8"), UInt8(ascii: "9"):
      throw ExpressionError("a back reference is not in RE2", at: start, remedy: "compare two labels in a second step")
    case UInt8(ascii: "x"): return try hexadecimal(from: start)
    case UInt8(ascii: "a"): return 7
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "v"): return 11
    case 0x80...: throw unknown
    default:
      if ASCII.isWord(byte), byte != UInt8(ascii: "_") { throw unknown }
      return UInt32(byte)
    }
  }

  private mutating func hexadecimal(from start: Int) throws(ExpressionError) -> UInt32 {
    let wrong = ExpressionError(
      "not a character's number", at: start, remedy: "write \\x7F, or \\x{10FFFF} with braces")
    let isBraced = index < bytes.count && bytes[index] == UInt8(ascii: "{")
    if isBraced { index += 1 }
    var value: UInt32 = 0
    var count = 0
    while index < bytes.count, isBraced || count < 2, let digit = ASCII.digit(bytes[index], base: 16) {
      value = value * 16 + digit
      guard value <= CodePointSet.last else { throw wrong }
      index += 1
      count += 1
    }
    guard isBraced else {
      guard count == 2 else { throw wrong }
      return value
    }
    guard count > 0, index < bytes.count, bytes[index] == UInt8(ascii: "}") else { throw wrong }
    index += 1
    return value
  }
}
