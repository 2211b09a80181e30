extension PromQLScanner {
  /// A number or a duration; whether it is a proper one, the parser says.
  mutating func number() throws(QueryError) -> PromQLToken {
    let start = index
    let isNumber = version < PromQLVersion(2, 54) ? scanOldNumber() : scanNumber()
    if isNumber { return PromQLToken(kind: .number, range: start..<index) }
    if scanDuration() { return PromQLToken(kind: .duration, range: start..<index) }
    throw error("bad number or duration", at: start)
  }

  private mutating func accept(_ set: String) -> Bool {
    guard let byte = byte(index), set.utf8.contains(byte) else { return false }
    index += 1
    return true
  }

  private mutating func acceptRun(_ set: String) { while accept(set) {} }

  private var isBeforeWord: Bool { byte(index).map { ASCII.isLetter($0) || ASCII.isDigit($0) } ?? false }

  /// Before 2.54.
  mutating func scanOldNumber() -> Bool {
    let decimal = "0123456789"
    let digits = accept("0") && accept("xX") ? decimal + "abcdefABCDEF" : decimal
    acceptRun(digits)
    if accept(".") { acceptRun(digits) }
    if accept("eE") {
      _ = accept("+-")
      acceptRun(decimal)
    }
    return !isBeforeWord
  }

  private mutating func scanNumber() -> Bool {
    let start = index
    var digits = "0123456789"
    if accept("0"), accept("xX") {
      _ = accept("_")
      digits += "abcdefABCDEF"
    }
    let isHexadecimal = digits.utf8.count > 10
    _ = accept(".")
    _ = accept(digits)
    var hasDot = false
    var hasExponent = false
    while let byte = byte(index), (digits + "._eE").utf8.contains(byte) {
      if byte == UInt8(ascii: ".") {
        index += 1
        if hasDot || accept("_.") || isHexadecimal { return false }
        hasDot = true
      } else if byte | 0x20 == UInt8(ascii: "e") {
        index += 1
        if hasExponent { return false }
        hasExponent = true
        _ = accept("+-")
        if accept("._eE") || index >= bytes.count { return false }
      } else if byte == UInt8(ascii: "_") {
        index += 1
        if accept("._eE") || index >= bytes.count { return false }
      } else {
        acceptRun(digits)
      }
    }
    return index > start && !isBeforeWord
  }

  /// The rest of a duration behind its first digits; units in a wrong order are the parser's to find.
  mutating func scanDuration() -> Bool {
    guard accept("smhdwy") else { return false }
    _ = accept("s")
    while accept("0123456789") {
      acceptRun("0123456789")
      guard accept("smhdw") else { return false }
      _ = accept("s")
    }
    return !isBeforeWord
  }
}
