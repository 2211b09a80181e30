import Syntax

/// YAML as the generator writes it: every scalar that comes from the fleet is single-quoted, so that none is read as
/// something else than text.
enum YAMLText {
  /// A regular expression, broken at its bars where it is long: in double quotes a backslash at a line's end takes the line
  /// feed and the next line's indentation away.
  static func alternatives(_ expression: String, indent: Int) -> String {
    guard expression.utf8.count > 90, !expression.contains(#"\"#), !expression.contains("\"") else {
      return Quoting.yaml(expression)
    }
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = [""]
    for part in topLevelParts(of: expression) {
      if lines[lines.count - 1].utf8.count + part.utf8.count > 100 { lines.append("") }
      lines[lines.count - 1] += part
    }
    return "\"" + lines.joined(separator: "\\\n\(margin)") + "\""
  }

  /// The alternatives outside brackets, each but the first with its bar.
  private static func topLevelParts(of expression: String) -> [String] {
    var parts: [String] = [""]
    var depth = 0
    for character in expression {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == "|", depth == 0 { parts.append("") }
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  static func list(_ items: some Sequence<String>) -> String {
    "[\(items.joined(separator: ", "))]"
  }

  /// A comment wrapped at 116 columns.
  static func comment(_ text: String, indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent) + "#"
    var lines: [String] = []
    var line = margin
    for word in text.split(whereSeparator: \.isWhitespace) {
      if line.count > margin.count, line.count + 1 + word.count > 116 {
        lines.append(line)
        line = margin
      }
      line += " \(word)"
    }
    lines.append(line)
    return lines.joined(separator: "\n") + "\n"
  }

  /// Every line of `text` moved right by `columns`; empty lines stay empty.
  static func indented(_ text: String, by columns: Int) -> String {
    let margin = String(repeating: " ", count: columns)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
  }
}
