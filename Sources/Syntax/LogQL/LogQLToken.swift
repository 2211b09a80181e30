/// A piece of a LogQL expression.
struct LogQLToken {
  enum Kind: Equatable {
    /// Also any symbol that the language does not know: Loki takes `;` for a name.
    case identifier(String)
    /// Of Grafana, alone or joined with other letters: `$job`, `${job:regex}`, `[[job]]_total`.
    case variable(String)
    case string(String)
    case number(String)
    /// Nanoseconds.
    case duration(Int64)
    case bytes(UInt64)
    /// `[5m]`
    case range(LogQLDuration)
    /// `--strict`
    case flag(String)
    /// A symbol or a reserved word, in lower case.
    case symbol(String)
    /// A function's name where a call or a grouping follows, in lower case.
    case function(String)
    case end
  }

  var kind: Kind
  /// UTF-8 offsets.
  var range: Range<Int>
}

extension LogQLToken {
  private static let words: Set<String> = [
    "unwrap", "by", "without", "bool", "offset", "on", "ignoring", "group_left", "group_right", "or", "and", "unless",
    "json", "regexp", "logfmt", "unpack", "pattern", "label_format", "line_format", "decolorize", "drop", "keep",
  ]

  private static let functions: Set<String> = Set(
    LogQLRangeAggregation.Operator.allCases.map(\.rawValue) + LogQLAggregation.Operator.allCases.map(\.rawValue)
      + LogQLUnwrap.Conversion.allCases.map(\.rawValue) + ["vector", "label_replace", "ip"])

  private static let symbols: Set<String> = [
    ",", ".", "{", "}", "=", "!=", "=~", "!~", "|=", "|~", "|", "(", ")", "[", "]", "+", "-", "*", "/", "%", "^", "==",
    ">", ">=", "<", "<=",
  ]

  static func isWord(_ lower: String, in version: LogQLVersion) -> Bool {
    words.contains(lower) || (lower == "variants" || lower == "of") && (.loki35 ..< .loki38).contains(version)
  }

  static func isFunction(_ lower: String, in version: LogQLVersion) -> Bool {
    functions.contains(lower) && (lower != "approx_topk" || version >= .loki33)
  }

  static func isSymbol(_ text: String, in version: LogQLVersion) -> Bool {
    symbols.contains(text) || (text == "|>" || text == "!>") && version >= .loki30
  }
}
