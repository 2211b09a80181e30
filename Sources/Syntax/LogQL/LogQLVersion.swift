/// A version of Loki at which its query language changed.
///
/// Source: grafana/loki pkg/logql/syntax/syntax.y (expr.y before 3.5) and lex.go at those versions.
public enum LogQLVersion: Int, Sendable, Hashable, CaseIterable, Comparable {
  case loki29
  /// Pattern filters `|>` and `!>`, `or` after line filters, and keywords in any case.
  case loki30
  /// `approx_topk`
  case loki33
  /// `variants(…) of (…)`
  case loki35
  /// `variants` is gone, `5PB` is a size, and a number that is none is refused in label filters too.
  case loki38

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// How a text is read as LogQL.
public struct LogQLOptions: Sendable, Hashable {
  public var version: LogQLVersion
  /// Whether variables of Grafana may stand where it fills them in, as in a dashboard.
  public var allowsVariables: Bool
  /// Whether a selector may take every stream (`{}`, `{job=~".*"}`), which Loki refuses in queries and Promtail takes in `match`.
  public var allowsAnyStream: Bool

  public init(version: LogQLVersion = .loki35, allowsVariables: Bool = false, allowsAnyStream: Bool = false) {
    self.version = version
    self.allowsVariables = allowsVariables
    self.allowsAnyStream = allowsAnyStream
  }

  public static let grafana = LogQLOptions(allowsVariables: true)
}
