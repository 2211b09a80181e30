/// Text made safe to show: file names and label names come from the audited system, and one with an escape sequence in
/// it must not repaint a terminal, hide a line or turn a page's reading direction.
enum Printable {
  /// Replaces control, format (zero width, bidirectional), private and unassigned characters by `\u{HEX}`; with
  /// `isUnicode` false, everything beyond ASCII too, but the brackets of masked names (`‹a#1f2e›`) become `<` and `>`.
  static func escaped(_ text: String, isUnicode: Bool = true) -> String {
    guard text.unicodeScalars.contains(where: { !isShown($0, isUnicode) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isShown(scalar, isUnicode) {
        result.unicodeScalars.append(scalar)
      } else if scalar == "‹" || scalar == "›" {
        result += scalar == "‹" ? "<" : ">"
      } else {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return result
  }

  static func isShown(_ scalar: Unicode.Scalar, _ isUnicode: Bool = true) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    guard isUnicode else { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
    default: true
    }
  }
}
