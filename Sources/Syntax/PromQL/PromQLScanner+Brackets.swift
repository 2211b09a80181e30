extension PromQLScanner {
  mutating func openBracket() throws(QueryError) -> PromQLToken {
    if isInBrackets { throw error("unexpected \"[\"", at: index) }
    (isInBrackets, hasColon, awaitsDuration) = (true, false, true)
    return take(.leftBracket)
  }

  /// What may stand in brackets differs by version.
  mutating func insideBrackets(_ byte: UInt8) throws(QueryError) -> PromQLToken {
    if awaitsDuration {
      if version < PromQLVersion(2, 54) { return try onlyDuration() }
      if version < PromQLVersion(3, 4) {
        awaitsDuration = false
        return try number()
      }
    }
    switch byte {
    case _ where ASCII.isDigit(byte) || byte == UInt8(ascii: ".") && self.byte(index + 1).map(ASCII.isDigit) == true:
      awaitsDuration = false
      return try number()
    case UInt8(ascii: ":"): return try colon()
    case _ where ASCII.isLetter(byte): return try wordInBrackets()
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string()
    default: return try symbol(byte)
    }
  }

  private mutating func onlyDuration() throws(QueryError) -> PromQLToken {
    let start = index
    if scanOldNumber() { throw error("a duration needs a unit", at: start) }
    guard scanDuration() else { throw error("bad duration", at: start) }
    awaitsDuration = false
    return PromQLToken(kind: .duration, range: start..<index)
  }

  private mutating func colon() throws(QueryError) -> PromQLToken {
    if hasColon { throw error("unexpected \":\"", at: index) }
    hasColon = true
    return take(.colon)
  }

  private mutating func wordInBrackets() throws(QueryError) -> PromQLToken {
    // Before 3.6 the scanner took any letter there for the colon.
    if version < PromQLVersion(3, 6) { return try colon() }
    let start = index
    while let byte = byte(index), ASCII.isLetter(byte) { index += 1 }
    switch String(decoding: bytes[start..<index], as: UTF8.self).lowercased() {
    case "step": return PromQLToken(kind: .step, range: start..<index)
    case "range" where version >= PromQLVersion(3, 10): return PromQLToken(kind: .range, range: start..<index)
    case "max" where version < PromQLVersion(3, 13), "max_of" where version >= PromQLVersion(3, 13):
      return PromQLToken(kind: .maximum, range: start..<index)
    case "min" where version < PromQLVersion(3, 13), "min_of" where version >= PromQLVersion(3, 13):
      return PromQLToken(kind: .minimum, range: start..<index)
    default: throw error("unexpected word in brackets", at: start)
    }
  }
}
