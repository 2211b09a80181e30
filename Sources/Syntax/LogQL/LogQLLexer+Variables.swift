/// Variables of Grafana, which it fills in before Loki sees the query.
///
/// Source: grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax: `$name`, `${name}`, `${name:format}`,
/// `${name.field}`, `[[name]]` and `[[name:format]]`.
extension LogQLLexer {
  /// A word that begins with a variable.
  mutating func variable() -> String? {
    let start = index
    guard skipVariable() else { return nil }
    _ = skipVariables()
    return text(from: start)
  }

  /// The rest of a word that may hold variables; whether it held one.
  mutating func skipVariables() -> Bool {
    var any = false
    while true {
      let start = index
      if skipVariable() { any = true } else if any { skipName() }
      if index == start { return any }
    }
  }

  mutating func skipVariable() -> Bool {
    let start = index
    switch (peek(), peek(1)) {
    case ("$", "{"):
      index += 2
      if skipReference(), peek() == "}" {
        index += 1
        return true
      }
    case ("$", let next?) where Self.isLetter(next):
      index += 1
      skipName()
      return true
    case ("[", "["):
      index += 2
      if skipReference(), peek() == "]", peek(1) == "]" {
        index += 2
        return true
      }
    default: break
    }
    index = start
    return false
  }

  /// A name, then a field or a format.
  private mutating func skipReference() -> Bool {
    guard let first = peek(), Self.isLetter(first) || Self.isDecimal(first) else { return false }
    while let scalar = peek(), scalar != "}", scalar != "]", scalar != "\n", scalar != "\"" { index += 1 }
    return true
  }

  /// Whether a text holds a variable.
  static func holdsVariable(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return zip(scalars, scalars.dropFirst()).contains { first, second in
      first == "$" && (second == "{" || isLetter(second)) || first == "[" && second == "["
    }
  }
}
