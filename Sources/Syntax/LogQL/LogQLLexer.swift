/// Cuts a text into the pieces that Loki's own lexer makes of it.
///
/// Source: grafana/loki pkg/logql/syntax/lex.go and query_scanner.go (Go's text/scanner), from 2.9 to 3.8.
struct LogQLLexer {
  let bytes: [UInt8]
  let options: LogQLOptions
  /// The text, and after it nothing.
  let scalars: [Unicode.Scalar]
  /// Of each scalar, and of the end.
  let offsets: [Int]
  var index = 0
  /// Whether something was skipped before the present token.
  var followsSpace = false

  /// What Loki takes at most.
  static let limit = 131_071

  static func tokens(_ text: String, _ options: LogQLOptions) throws(QueryError) -> [LogQLToken] {
    var lexer = try LogQLLexer(text, options)
    var tokens: [LogQLToken] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private init(_ text: String, _ options: LogQLOptions) throws(QueryError) {
    bytes = Array(text.utf8)
    self.options = options
    guard bytes.count <= Self.limit else {
      throw QueryError("a query longer than \(Self.limit) bytes", at: Self.limit, in: bytes)
    }
    scalars = Array(text.unicodeScalars)
    var offset = 0
    var offsets: [Int] = []
    offsets.reserveCapacity(scalars.count + 1)
    for scalar in scalars {
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
    self.offsets = offsets
    if let place = scalars.firstIndex(of: "\0") { throw error("a NUL byte", at: place) }
    if scalars.first == "\u{FEFF}" { index = 1 }
  }

  func error(_ message: String, at place: Int) -> QueryError { QueryError(message, at: offsets[place], in: bytes) }

  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    index + distance < scalars.count ? scalars[index + distance] : nil
  }

  func text(from start: Int) -> String { String(String.UnicodeScalarView(scalars[start..<index])) }

  private mutating func next() throws(QueryError) -> LogQLToken {
    let end = index
    try skipSpace()
    let start = index
    followsSpace = start > end
    let kind = try kind()
    return LogQLToken(kind: kind, range: offsets[start]..<offsets[index])
  }

  private mutating func kind() throws(QueryError) -> LogQLToken.Kind {
    let start = index
    guard let first = peek() else { return .end }
    if options.allowsVariables, let variable = variable() { return .variable(variable) }
    if Self.isLetter(first) { return word() }
    switch first {
    case "0"..."9": return try number()
    case "." where peek(1).map(Self.isDecimal) == true: return try number()
    case "\"", "`":
      let literal = try GoString.read(bytes, at: offsets[start], as: .logQL)
      while offsets[index] < literal.end { index += 1 }
      return .string(String(decoding: literal.value, as: UTF8.self))
    case "'": return try character()
    case "-":
      index += 1
      if let flag = flag() { return .flag(flag) }
      if let duration = duration("-") { return .duration(duration) }
      return .symbol("-")
    case "[": return try range()
    default:
      index += 1
      if let second = peek() {
        let both = String(String.UnicodeScalarView([first, second]))
        if LogQLToken.isSymbol(both, in: options.version) {
          index += 1
          return .symbol(both)
        }
      }
      let text = String(first)
      return LogQLToken.isSymbol(text, in: options.version) ? .symbol(text) : .identifier(text)
    }
  }

  /// White space and comments: `# …`, `// …`, `/* … */`.
  private mutating func skipSpace() throws(QueryError) {
    while let scalar = peek() {
      switch scalar {
      case " ", "\t", "\n", "\r": index += 1
      case "#": skipLine()
      case "/" where peek(1) == "/": skipLine()
      case "/" where peek(1) == "*":
        let start = index
        index += 2
        while peek() != "*" || peek(1) != "/" {
          guard peek() != nil else { throw error("a comment is not closed", at: start) }
          index += 1
        }
        index += 2
      default: return
      }
    }
  }

  private mutating func skipLine() {
    while let scalar = peek(), scalar != "\n" { index += 1 }
  }

  // MARK: - Words

  private mutating func word() -> LogQLToken.Kind {
    let start = index
    skipName()
    if options.allowsVariables, skipVariables() { return .variable(text(from: start)) }
    let name = text(from: start)
    let lower = options.version >= .loki30 ? Self.lowercased(scalars[start..<index]) : name
    if LogQLToken.isFunction(lower, in: options.version) {
      return callFollows() ? .function(lower) : .identifier(name)
    }
    return LogQLToken.isWord(lower, in: options.version) ? .symbol(lower) : .identifier(name)
  }

  mutating func skipName() {
    while let scalar = peek(), Self.isLetter(scalar) || scalar.properties.generalCategory == .decimalNumber {
      index += 1
    }
  }

  /// Whether `(`, `by (` or `without (` comes next; comments are not looked through.
  private func callFollows() -> Bool {
    var place = index
    func skip() { while place < scalars.count, scalars[place].properties.isWhitespace { place += 1 } }
    skip()
    if place < scalars.count, scalars[place] == "(" { return true }
    for word in ["by", "without"] {
      let end = place + word.utf8.count
      guard end <= scalars.count else { continue }
      let text = scalars[place..<end]
      let matches =
        options.version >= .loki30 ? Self.lowercased(text) == word : text.elementsEqual(word.unicodeScalars)
      guard matches else { continue }
      place = end
      skip()
      return place < scalars.count && scalars[place] == "("
    }
    return false
  }

  /// A text of one character in single quotes, which is a name to Loki.
  private mutating func character() throws(QueryError) -> LogQLToken.Kind {
    let start = index
    index += 1
    if peek() == "\\" {
      let literal = try GoString.read(bytes, at: offsets[start], as: .logQL)
      guard literal.value.count == 1 || String(decoding: literal.value, as: UTF8.self).unicodeScalars.count == 1 else {
        throw error("a text in single quotes", at: start)
      }
      while offsets[index] < literal.end { index += 1 }
      return .identifier(text(from: start))
    }
    guard let inner = peek(), inner != "\n", inner != "'", peek(1) == "'" else {
      throw error("a text in single quotes", at: start)
    }
    index += 2
    return .identifier(text(from: start))
  }

  /// After one hyphen.
  private mutating func flag() -> String? {
    guard peek() == "-" else { return nil }
    var end = index
    while end < scalars.count, scalars[end] == "-" || Self.isLetter(scalars[end]) && scalars[end] != "_" { end += 1 }
    let flag = String(String.UnicodeScalarView(scalars[(index + 1)..<end]))
    guard flag == "strict" || flag == "keep-empty" else { return nil }
    index = end
    return flag
  }

  /// Go's `unicode.IsLetter`, and the underscore.
  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return false
    }
  }

  static func isDecimal(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Go's `strings.ToLower`: one character for one.
  private static func lowercased(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in scalars { result.append(scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar) }
    return String(result)
  }
}
