import Syntax

/// YAML as the generator writes it: every scalar that comes from the fleet is single-quoted, so that none is read as
/// something else than text.
enum YAMLText {
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
