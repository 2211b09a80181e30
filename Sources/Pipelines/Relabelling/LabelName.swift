import Expressions

enum LabelName {
  /// `[a-zA-Z_][a-zA-Z0-9_]*` before Prometheus 3.0; since then whatever is not empty.
  static func isValid(_ name: String, _ version: RE2.Anchoring) -> Bool {
    version == .prometheus3 ? !name.isEmpty : isLegacy(name)
  }

  static func isLegacy(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy(isNameByte)
  }

  /// Name parts and references to groups.
  static func isLegacyTemplate(_ text: String) -> Bool {
    guard let expression = try? RE2(#"^(?:(?:[a-zA-Z_]|\$(?:\{\w+\}|\w+))+\w*)+$"#) else { return false }
    return RE2Matcher(expression).matches(Array(text.utf8))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }
}
