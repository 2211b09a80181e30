/// Cuts a text into PromQL's tokens.
///
/// As in Prometheus, what a byte means depends on the brackets around it, and within brackets on the version.
///
/// Source: prometheus/promql/parser/lex.go, 2.42 to 3.14.
struct PromQLScanner {
  let bytes: [UInt8]
  let options: PromQLOptions
  var index = 0
  var openParentheses = 0
  var isInBraces = false
  var isInBrackets = false
  /// Since 3.4: between a bracket or an operator in it and the first number.
  var awaitsDuration = false
  var hasColon = false

  init(_ bytes: [UInt8], _ options: PromQLOptions) {
    self.bytes = bytes
    self.options = options
  }

  var version: PromQLVersion { options.version }

  func error(_ message: String, at offset: Int) -> QueryError { QueryError(message, at: offset, in: bytes) }

  func byte(_ offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func next() throws(QueryError) -> PromQLToken {
    skipSpace()
    let start = index
    guard let byte = byte(index) else {
      if isInBraces { throw error("a selector's braces are not closed", at: start) }
      if openParentheses != 0 { throw error("a parenthesis is not closed", at: start) }
      if isInBrackets { throw error("a bracket is not closed", at: start) }
      return PromQLToken(kind: .end, range: start..<start)
    }
    if options.dialect == .grafana, let token = template() { return token }
    if isInBraces { return try insideBraces(byte) }
    if isInBrackets { return try insideBrackets(byte) }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string()
    case _ where ASCII.isDigit(byte) || byte == UInt8(ascii: ".") && self.byte(index + 1).map(ASCII.isDigit) == true:
      return try number()
    case _ where ASCII.isLetter(byte) || byte == UInt8(ascii: ":"): return word()
    default: return try symbol(byte)
    }
  }

  private mutating func skipSpace() {
    while let byte = byte(index) {
      if ASCII.isSpace(byte) {
        index += 1
      } else if byte == UInt8(ascii: "#"), !awaitsDuration {
        while let byte = self.byte(index), byte != 0x0A, byte != 0x0D { index += 1 }
      } else {
        return
      }
    }
  }

  mutating func string() throws(QueryError) -> PromQLToken {
    let start = index
    let (value, end) = try GoString.read(bytes, at: start, as: .promQL)
    index = end
    return PromQLToken(kind: .string, range: start..<end, value: value)
  }

  mutating func take(_ kind: PromQLToken.Kind, _ count: Int = 1) -> PromQLToken {
    defer { index += count }
    return PromQLToken(kind: kind, range: index..<index + count)
  }

  private mutating func word() -> PromQLToken {
    let start = index
    var isMetric = false
    while let byte = byte(index), ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: ":") {
      isMetric = isMetric || byte == UInt8(ascii: ":")
      index += 1
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
    var kind: PromQLToken.Kind = isMetric ? .metricIdentifier : .identifier
    if let keyword = PromQLToken.Kind.keywords[text], keyword.since <= version { kind = keyword.kind }
    // These are also names that metrics had before they were words of the language.
    if [.fill, .fillLeft, .fillRight].contains(kind), !isBeforeParenthesis { kind = .identifier }
    return PromQLToken(kind: kind, range: start..<index)
  }

  private var isBeforeParenthesis: Bool {
    bytes[index...].first { !ASCII.isSpace($0) } == UInt8(ascii: "(")
  }

  mutating func symbol(_ byte: UInt8) throws(QueryError) -> PromQLToken {
    let following = self.byte(index + 1)
    switch byte {
    case UInt8(ascii: ","): return take(.comma)
    case UInt8(ascii: "*"): return take(.multiply)
    case UInt8(ascii: "/"): return take(.divide)
    case UInt8(ascii: "%"): return take(.modulo)
    case UInt8(ascii: "+"): return take(.add)
    case UInt8(ascii: "-"): return take(.subtract)
    case UInt8(ascii: "^"): return take(.power)
    case UInt8(ascii: "@"): return take(.at)
    case UInt8(ascii: "="):
      if following == UInt8(ascii: "~") { throw error("\"=~\" stands outside of a selector's braces", at: index) }
      return following == UInt8(ascii: "=") ? take(.equal, 2) : take(.assign)
    case UInt8(ascii: "!"):
      guard following == UInt8(ascii: "=") else { throw error("\"!\" stands without \"=\"", at: index) }
      return take(.notEqual, 2)
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      let isLess = byte == UInt8(ascii: "<")
      if following == UInt8(ascii: "=") { return take(isLess ? .lessOrEqual : .greaterOrEqual, 2) }
      if following == UInt8(ascii: "/"), version >= PromQLVersion(3, 11) {
        return take(isLess ? .trimUpper : .trimLower, 2)
      }
      return take(isLess ? .less : .greater)
    case UInt8(ascii: "("):
      openParentheses += 1
      return take(.leftParenthesis)
    case UInt8(ascii: ")"):
      guard openParentheses > 0 else { throw error("unexpected \")\"", at: index) }
      openParentheses -= 1
      return take(.rightParenthesis)
    case UInt8(ascii: "{"):
      isInBraces = true
      return take(.leftBrace)
    case UInt8(ascii: "["): return try openBracket()
    case UInt8(ascii: "]"):
      guard isInBrackets else { throw error("unexpected \"]\"", at: index) }
      (isInBrackets, awaitsDuration) = (false, false)
      return take(.rightBracket)
    default: throw error("unexpected character", at: index)
    }
  }

  private mutating func insideBraces(_ byte: UInt8) throws(QueryError) -> PromQLToken {
    let following = self.byte(index + 1)
    switch byte {
    case _ where ASCII.isLetter(byte):
      let start = index
      while let byte = self.byte(index), ASCII.isLetter(byte) || ASCII.isDigit(byte) { index += 1 }
      return PromQLToken(kind: .identifier, range: start..<index)
    case UInt8(ascii: ","): return take(.comma)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string()
    case UInt8(ascii: "="): return following == UInt8(ascii: "~") ? take(.matches, 2) : take(.assign)
    case UInt8(ascii: "!") where following == UInt8(ascii: "~"): return take(.matchesNot, 2)
    case UInt8(ascii: "!") where following == UInt8(ascii: "="): return take(.notEqual, 2)
    case UInt8(ascii: "}"):
      isInBraces = false
      return take(.rightBrace)
    default: throw error("unexpected character inside braces", at: index)
    }
  }
}
