/// Cuts a Go template into tokens, as `text/template/parse/lex.go` does it.
struct GoTemplateLexer {
  typealias Token = GoTemplateToken

  let bytes: [UInt8]
  private(set) var comments: [Range<Int>] = []
  private var index = 0
  private var isInAction = false
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() throws(QueryError) -> Token {
    isInAction ? try inAction() : try outside()
  }

  func error(_ message: String, at offset: Int) -> QueryError { QueryError(message, at: offset, in: bytes) }

  // MARK: Text

  /// Text, the next `{{`, or the end; comments are passed over.
  private mutating func outside() throws(QueryError) -> Token {
    while true {
      let start = index
      let open = firstIndex(of: UInt8(ascii: "{"), from: start) ?? bytes.count
      let isTrimmed = open < bytes.count && trims(after: open + 2)
      var end = open
      if isTrimmed { while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 } }
      index = open
      if end > start { return Token(kind: .text, range: start..<end) }
      guard open < bytes.count else { return Token(kind: .end, range: open..<open) }
      index = open + 2 + (isTrimmed ? 2 : 0)
      if at("/*") {
        try comment(from: open)
        continue
      }
      isInAction = true
      depth = 0
      return Token(kind: .leftDelimiter, range: open..<(open + 2))
    }
  }

  private mutating func comment(from open: Int) throws(QueryError) {
    index += 2
    guard let close = firstIndex(of: UInt8(ascii: "*"), then: UInt8(ascii: "/"), from: index) else {
      throw error("a comment is not closed", at: open)
    }
    index = close + 2
    guard let trimmed = rightDelimiter else {
      throw error("a comment must be an action's only content, and }} follow it at once", at: index)
    }
    index += trimmed ? 4 : 2
    comments.append(open..<index)
    if trimmed { skipSpace() }
  }

  // MARK: Actions

  private mutating func inAction() throws(QueryError) -> Token {
    let start = index
    if let trimmed = rightDelimiter {
      guard depth == 0 else { throw error("a parenthesis is not closed", at: start) }
      return close(trimmed)
    }
    guard start < bytes.count else { throw error("an action is not closed: }} is missing", at: start) }
    let byte = bytes[start]
    if Self.isSpace(byte) { return spaces() }
    index += 1
    switch byte {
    case UInt8(ascii: "="): return token(.assign, from: start)
    case UInt8(ascii: ":"):
      guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { throw error("expected :=", at: start) }
      index += 1
      return token(.declare, from: start)
    case UInt8(ascii: "|"): return token(.pipe, from: start)
    case UInt8(ascii: ","): return token(.comma, from: start)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try quoted(byte, from: start)
    case UInt8(ascii: "`"):
      guard let end = firstIndex(of: byte, then: nil, from: index) else {
        throw error("a string is not closed", at: start)
      }
      index = end + 1
      return token(.string, from: start)
    case UInt8(ascii: "$"): return try name(.variable, from: start)
    case UInt8(ascii: "."):
      if index < bytes.count, Self.isDigit(bytes[index]) { return try number(from: start) }
      return try name(.field, from: start)
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(from: start)
    case UInt8(ascii: "("):
      depth += 1
      return token(.leftParenthesis, from: start)
    case UInt8(ascii: ")"):
      depth -= 1
      guard depth >= 0 else { throw error("no parenthesis is open here", at: start) }
      return token(.rightParenthesis, from: start)
    default:
      index = start
      if letterWidth > 0 { return try identifier(from: start) }
      guard (0x21..<0x7F).contains(byte) else { throw error("a character that no action may hold", at: start) }
      index += 1
      return token(.other, from: start)
    }
  }

  private func token(_ kind: Token.Kind, from start: Int) -> Token { Token(kind: kind, range: start..<index) }

  private mutating func close(_ trimmed: Bool) -> Token {
    index += trimmed ? 4 : 2
    let end = index
    if trimmed { skipSpace() }
    isInAction = false
    return Token(kind: .rightDelimiter, range: (end - 2)..<end)
  }

  /// Spaces; the last one belongs to a trimming end, where one follows.
  private mutating func spaces() -> Token {
    let start = index
    skipSpace()
    if at("-}}") {
      index -= 1
      if index == start { return close(true) }
    }
    return token(.space, from: start)
  }

  private mutating func quoted(_ quote: UInt8, from start: Int) throws(QueryError) -> Token {
    let isString = quote == UInt8(ascii: "\"")
    while index < bytes.count, bytes[index] != quote {
      index += bytes[index] == UInt8(ascii: "\\") ? 1 : 0
      guard index < bytes.count, bytes[index] != UInt8(ascii: "\n") else { break }
      index += 1
    }
    guard index < bytes.count, bytes[index] == quote else {
      throw error(isString ? "a string is not closed" : "a character constant is not closed", at: start)
    }
    index += 1
    return token(isString ? .string : .character, from: start)
  }

  private mutating func name(_ kind: Token.Kind, from start: Int) throws(QueryError) -> Token {
    if isTerminated { return token(kind == .field ? .dot : kind, from: start) }
    skipLetters()
    guard isTerminated else { throw error("a name must not go on with this character", at: index) }
    return token(kind, from: start)
  }

  private mutating func identifier(from start: Int) throws(QueryError) -> Token {
    skipLetters()
    guard isTerminated else { throw error("a name must not go on with this character", at: index) }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    switch word {
    case "true", "false": return token(.bool, from: start)
    case "nil": return token(.nothing, from: start)
    default: return token(Token.Keyword.named[word].map { .keyword($0) } ?? .identifier, from: start)
    }
  }

  // MARK: Numbers

  private mutating func number(from start: Int) throws(QueryError) -> Token {
    index = start
    guard scanNumber() else { throw error("not a number", at: start) }
    guard index < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[index]) else {
      return token(.number, from: start)
    }
    guard scanNumber(), bytes[index - 1] == UInt8(ascii: "i") else { throw error("not a number", at: start) }
    return token(.complex, from: start)
  }

  /// Takes what may be a number; whether it is one is seen when it is read.
  private mutating func scanNumber() -> Bool {
    accept("+-")
    var digits = "0123456789_"
    var exponent = "eE"
    if accept("0") {
      if accept("xX") {
        (digits, exponent) = ("0123456789abcdefABCDEF_", "pP")
      } else if accept("oO") {
        (digits, exponent) = ("01234567_", "")
      } else if accept("bB") {
        (digits, exponent) = ("01_", "")
      }
    }
    while accept(digits) {}
    if accept(".") { while accept(digits) {} }
    if accept(exponent) {
      accept("+-")
      while accept("0123456789_") {}
    }
    accept("i")
    return letterWidth == 0
  }

  @discardableResult
  private mutating func accept(_ set: String) -> Bool {
    guard index < bytes.count, set.utf8.contains(bytes[index]) else { return false }
    index += 1
    return true
  }

  // MARK: Bytes

  /// Whether `}}` is here, and whether with a mark that trims; nil where it is not.
  private var rightDelimiter: Bool? {
    if at("}}") { return false }
    guard index < bytes.count, Self.isSpace(bytes[index]), at("-}}", offset: 1) else { return nil }
    return true
  }

  /// Whether a name may end here.
  private var isTerminated: Bool {
    guard index < bytes.count else { return true }
    return Self.isSpace(bytes[index]) || ".,|:)(".utf8.contains(bytes[index]) || at("}}")
  }

  private func trims(after index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == UInt8(ascii: "-") && Self.isSpace(bytes[index + 1])
  }

  private mutating func skipSpace() { while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 } }

  private mutating func skipLetters() {
    while true {
      let width = letterWidth
      guard width > 0 else { return }
      index += width
    }
  }

  /// The bytes of the letter, digit or underscore that is here; 0 where it is none.
  private var letterWidth: Int {
    guard index < bytes.count else { return 0 }
    let byte = bytes[index]
    if byte < 0x80 {
      let isLetter = (0x61...0x7A).contains(byte | 0x20) || Self.isDigit(byte) || byte == UInt8(ascii: "_")
      return isLetter ? 1 : 0
    }
    var decoder = UTF8()
    var iterator = bytes[index..<min(index + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return 0 }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return UTF8.width(scalar)
    default: return 0
    }
  }

  private func at(_ text: StaticString, offset: Int = 0) -> Bool {
    text.withUTF8Buffer { text in
      index + offset + text.count <= bytes.count
        && text.indices.allSatisfy { bytes[index + offset + $0] == text[$0] }
    }
  }

  /// The first place of two equal bytes, or of the byte and another one.
  private func firstIndex(of byte: UInt8, from start: Int) -> Int? { firstIndex(of: byte, then: byte, from: start) }

  private func firstIndex(of byte: UInt8, then second: UInt8?, from start: Int) -> Int? {
    var place = start
    while let found = bytes[place...].firstIndex(of: byte) {
      guard let second else { return found }
      if found + 1 < bytes.count, bytes[found + 1] == second { return found }
      place = found + 1
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
