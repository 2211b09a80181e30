import Expressions

/// Alertmanager's matchers as a text: `severity="critical", team=~"a|b"`, with or without braces; values with or without quotes.
///
/// Source: alertmanager/matcher/compat/parse.go (0.27 to 0.28).
public enum AlertMatchers {
  /// How an Alertmanager reads them.
  public enum Mode: Sendable, Hashable, CaseIterable {
    /// As all versions before 0.27, and `--enable-feature=classic-mode`.
    case classic
    /// Names and values in any script, quoted as Go does it: `--enable-feature=utf8-strict-mode`.
    case utf8
    /// What 0.27 and later do unless they are told otherwise: the classic reading where there is one, also where the other one
    /// differs; else the other one.
    case fallback
  }

  /// - Returns: nil where the text holds no matchers, something else besides, or an expression that is none.
  public static func parse(_ text: String, mode: Mode = .fallback) -> [LabelMatcher]? {
    switch mode {
    case .classic: ClassicAlertMatchers.parse(text)
    case .utf8: UTF8AlertMatchers.parse(text)
    case .fallback: ClassicAlertMatchers.parse(text) ?? UTF8AlertMatchers.parse(text)
    }
  }

  /// Nil for an expression that RE2 does not take.
  static func matcher(_ name: String, _ op: LabelMatcher.Operator, _ value: String) -> LabelMatcher? {
    if op == .matches || op == .matchesNot, (try? RE2(value, anchored: .prometheus3)) == nil { return nil }
    return LabelMatcher(name: name, op: op, value: value)
  }
}

extension LabelMatcher.Operator {
  /// The longer ones first: `=~` begins as `=` does.
  private static let byLength: [Self] = [.matches, .matchesNot, .notEqual, .equal]

  /// The operator that a text begins with.
  init?(beginning text: Substring.UnicodeScalarView) {
    guard let op = Self.byLength.first(where: { text.starts(with: $0.rawValue.unicodeScalars) }) else { return nil }
    self = op
  }
}
