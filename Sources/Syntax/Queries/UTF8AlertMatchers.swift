/// Matchers as Alertmanager reads them since 0.27: names and values are words of any script, or texts in double quotes with Go's
/// escapes.
///
/// Source: alertmanager/matcher/parse/lexer.go and parse.go (0.27 to 0.28).
struct UTF8AlertMatchers {
  private var rest: Substring.UnicodeScalarView

  static func parse(_ text: String) -> [LabelMatcher]? {
    var parser = Self(rest: Substring(text).unicodeScalars)
    return parser.matchers()
  }

  private mutating func matchers() -> [LabelMatcher]? {
    let isBraced = take("{")
    var matchers: [LabelMatcher] = []
    var isFirst = true
    while !isAtEnd(), isFirst || take(",") {
      isFirst = false
      // Nothing may follow the last comma.
      if isAtEnd() || rest.first == "}" { break }
      guard let matcher = matcher() else { return nil }
      matchers.append(matcher)
    }
    if isBraced, !take("}") { return nil }
    return isAtEnd() ? matchers : nil
  }

  private mutating func matcher() -> LabelMatcher? {
    guard let name = word() else { return nil }
    skipSpaces()
    guard let op = LabelMatcher.Operator(beginning: rest) else { return nil }
    rest = rest.dropFirst(op.rawValue.utf8.count)
    return word().flatMap { AlertMatchers.matcher(name, op, $0) }
  }

  private mutating func word() -> String? {
    skipSpaces()
    if rest.first == "\"" { return quoted() }
    let word = rest.prefix { !Self.isReserved($0) }
    rest = rest[word.endIndex...]
    return word.isEmpty ? nil : String(word)
  }

  private mutating func quoted() -> String? {
    var isEscaped = false
    guard
      let end = rest.indices.dropFirst().first(where: { index in
        defer { isEscaped = !isEscaped && rest[index] == "\\" }
        return !isEscaped && rest[index] == "\""
      })
    else { return nil }
    let literal = Array(String(rest[...end]).utf8)
    rest = rest[rest.index(after: end)...]
    return (try? GoString.read(literal, at: 0, as: .go)).flatMap { String(validating: $0.value, as: UTF8.self) }
  }

  private mutating func isAtEnd() -> Bool {
    skipSpaces()
    return rest.isEmpty
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  /// Go's `unicode.IsSpace`.
  private mutating func skipSpaces() { rest = rest.drop(while: \.properties.isWhitespace) }

  private static func isReserved(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || "{}!=~,\\\"'`".unicodeScalars.contains(scalar)
  }
}
