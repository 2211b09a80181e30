/// The patterns of `| pattern` and `|>`: literal text with captures, `<ip> - <_> [<_>] <path>`.
///
/// Source: grafana/loki pkg/logql/log/pattern (lexer.rl, expr.y, ast.go), from 2.9 to 3.8.
public enum LogQLPattern {
  public enum Part: Sendable, Hashable {
    case literal(String)
    /// `<name>`; `<_>` is no label.
    case capture(String)
  }

  public static func parts(_ pattern: String) -> [Part] {
    var parts: [Part] = []
    var literal = ""
    var rest = Substring(pattern).unicodeScalars
    while let first = rest.first {
      if let name = capture(rest) {
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(.capture(name))
        rest = rest.dropFirst(name.unicodeScalars.count + 2)
      } else {
        literal.unicodeScalars.append(first)
        rest = rest.dropFirst()
      }
    }
    return literal.isEmpty ? parts : parts + [.literal(literal)]
  }

  private static func capture(_ text: Substring.UnicodeScalarView) -> String? {
    guard text.first == "<" else { return nil }
    let name = text.dropFirst().prefix {
      $0 == "_" || $0.properties.isAlphabetic && $0.isASCII || LogQLLexer.isDecimal($0)
    }
    guard let first = name.first, !LogQLLexer.isDecimal(first), text.dropFirst(name.count + 1).first == ">" else {
      return nil
    }
    return String(name)
  }

  /// The labels that `| pattern` makes.
  public static func labels(_ pattern: String) -> [String] {
    parts(pattern).compactMap { if case .capture(let name) = $0, name != "_" { name } else { nil } }
  }

  /// Why `| pattern` refuses it.
  static func problem(inParser pattern: String) -> String? {
    let labels = labels(pattern)
    if labels.isEmpty { return "the pattern names no capture" }
    if Set(labels).count < labels.count { return "the pattern names a capture twice" }
    return problem(parts(pattern))
  }

  /// Why `|>` refuses it.
  static func problem(inFilter pattern: String) -> String? {
    labels(pattern).isEmpty ? problem(parts(pattern)) : "a pattern that filters may name no capture"
  }

  private static func problem(_ parts: [Part]) -> String? {
    func isCapture(_ part: Part) -> Bool { if case .capture = part { true } else { false } }
    let follows = zip(parts, parts.dropFirst()).contains { isCapture($0) && isCapture($1) }
    return follows ? "captures follow each other in the pattern" : nil
  }
}
