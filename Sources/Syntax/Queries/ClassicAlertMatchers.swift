/// Matchers as Alertmanager has always read them: names of ASCII; a value is whatever stands between operator and comma, with
/// or without quotes.
///
/// Source: alertmanager/pkg/labels/parse.go (0.25 to 0.28).
enum ClassicAlertMatchers {
  static func parse(_ text: String) -> [LabelMatcher]? {
    var scalars = Substring(text).unicodeScalars
    if scalars.first == "{" { scalars.removeFirst() }
    if scalars.last == "}" { scalars.removeLast() }
    var matchers: [LabelMatcher] = []
    for part in parts(scalars) {
      guard let matcher = matcher(part) else { return nil }
      matchers.append(matcher)
    }
    return matchers
  }

  /// What stands between the commas that are in no quotes. An empty last part is none.
  private static func parts(_ text: Substring.UnicodeScalarView) -> [Substring.UnicodeScalarView] {
    var parts: [Substring.UnicodeScalarView] = []
    var start = text.startIndex
    var (isQuoted, isEscaped) = (false, false)
    for index in text.indices {
      switch text[index] {
      case ",":
        guard !isQuoted else { continue }
        parts.append(text[start..<index])
        start = text.index(after: index)
      case "\"":
        if !isEscaped { isQuoted.toggle() }
        isEscaped = false
      case "\\": isEscaped.toggle()
      default: isEscaped = false
      }
    }
    var last = text[start...].drop(while: \.properties.isWhitespace)
    while last.last?.properties.isWhitespace == true { last.removeLast() }
    return last.isEmpty ? parts : parts + [last]
  }

  private static func matcher(_ part: Substring.UnicodeScalarView) -> LabelMatcher? {
    var rest = part.drop(while: isSpace)
    let name = rest.prefix(while: isName)
    guard let first = name.first, !("0"..."9").contains(first) else { return nil }
    rest = rest[name.endIndex...].drop(while: isSpace)
    guard let op = LabelMatcher.Operator(beginning: rest) else { return nil }
    rest = rest.dropFirst(op.rawValue.utf8.count).drop(while: isSpace)
    while rest.last.map(isSpace) == true { rest.removeLast() }
    return value(rest).flatMap { AlertMatchers.matcher(String(name), op, $0) }
  }

  /// Of the escapes only `\"`, `\\` and `\n` mean something else than they say, and a quote stands at both ends or at none.
  private static func value(_ text: Substring.UnicodeScalarView) -> String? {
    var rest = text
    let isQuoted = rest.first == "\""
    if isQuoted { rest.removeFirst() }
    var value = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar == "\"" { return isQuoted && rest.isEmpty ? String(value) : nil }
      guard scalar == "\\", let next = rest.popFirst() else {
        value.append(scalar)
        continue
      }
      switch next {
      case "n": value.append("\n")
      case "\"", "\\": value.append(next)
      default: value.append(contentsOf: [scalar, next])
      }
    }
    return isQuoted ? nil : String(value)
  }

  /// `\s` of RE2.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { "\t\n\u{0C}\r ".unicodeScalars.contains(scalar) }

  private static func isName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ":": true
    default: false
    }
  }
}
