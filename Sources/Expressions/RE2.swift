/// A regular expression in RE2's language, as Go's `regexp` understands it, which Prometheus, Loki and Promtail use.
///
/// What it matches is decided by one pass over the text with a bounded amount of memory, so an expression of somebody
/// else's can neither hang nor exhaust it; that is why this is no translation to PCRE2, whose captures in loops that may be
/// empty (`(a*)+`) differ besides. Where Go differs from RE2 for C++ this follows Go: `\C` is refused.
public struct RE2: Sendable {
  public let source: String
  let program: Program
  /// By group; the first (nil) stands for the whole match.
  public let groupNames: [String?]

  /// - Throws: an error with its byte offset where the expression is none of RE2's.
  public init(_ source: String) throws(ExpressionError) {
    var parser = ExpressionParser(source)
    program = try Program(parser.parse())
    groupNames = parser.names
    self.source = source
  }

  /// How relabelling anchors an expression.
  public enum Anchoring: Sendable, Hashable, CaseIterable {
    /// `^(?:…)$`: Prometheus before 3.0, where `.` takes no newline.
    case prometheus2
    /// `^(?s:…)$`: Prometheus since 3.0, and Loki and Promtail since they use its code.
    case prometheus3

    var prefix: String { self == .prometheus2 ? "^(?:" : "^(?s:" }
  }

  /// An expression that must match all of a value, as in `relabel_configs`.
  public init(_ source: String, anchored: Anchoring) throws(ExpressionError) {
    // Alone first, so that places are those of the source and `a)(b` is no expression because it is wrapped.
    _ = try RE2(source)
    let whole = try RE2("\(anchored.prefix)\(source))$")
    program = whole.program
    groupNames = whole.groupNames
    self.source = source
  }
}
