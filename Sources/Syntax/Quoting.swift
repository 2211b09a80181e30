/// Texts as configuration files take them: so that none is read as something else than text.
public enum Quoting {
  /// A single-quoted YAML scalar; the only escape in there is the doubled quote.
  public static func yaml(_ text: some StringProtocol) -> String {
    "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
  }

  /// A regular expression in RE2's language that takes the text alone: a backslash before each character that has a meaning there,
  /// and control characters by number, since YAML knows none.
  public static func expression(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar.value < 0x20 || scalar.value == 0x7F {
        result += "\\x{" + String(scalar.value, radix: 16) + "}"
      } else {
        if #"\.+*?()|[]{}^$"#.unicodeScalars.contains(scalar) { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
    }
  }
}
