import Syntax

/// Makes time pass `factor` times faster for rules and configurations: every duration is divided by it.
///
/// The platform's simulated clock runs faster by the same factor, so a rule sees in five seconds what it would have seen in
/// five minutes.
struct Compression {
  var factor: Double

  /// Prometheus is not asked to scrape or evaluate more often than this.
  static let shortestInterval = PrometheusDuration(milliseconds: 200)

  func interval(_ duration: PrometheusDuration) -> PrometheusDuration {
    max(Self.shortestInterval, self.duration(duration))
  }

  func duration(_ duration: PrometheusDuration) -> PrometheusDuration {
    duration.milliseconds == 0
      ? duration : PrometheusDuration(milliseconds: max(1, Int((Double(duration.milliseconds) / factor).rounded())))
  }

  /// A range is never shorter than four of the shortest intervals, for `rate` needs samples on both sides of a gap.
  func range(_ duration: PrometheusDuration) -> PrometheusDuration {
    let shortest = PrometheusDuration(milliseconds: 4 * Self.shortestInterval.milliseconds)
    return max(min(shortest, duration), self.duration(duration))
  }

  /// Divides the ranges, subquery steps and offsets of a PromQL expression, strings and comments left alone, and the
  /// results of `rate`, `irate` and `deriv`, which count per second of a clock that now runs faster.
  ///
  /// Seconds as plain numbers (`time() - x > 600`, the second argument of `predict_linear`) stay as they are; see
  /// `hasPlainSeconds`.
  func expression(_ expression: String) -> String {
    let tokens = PromQLLexer.tokens(expression)
    let bytes = Array(expression.utf8)
    var out: [UInt8] = []
    var copied = 0
    var brackets = 0
    /// For each open parenthesis whether it is the call of a rate.
    var calls: [Bool] = []
    func replace(_ range: Range<Int>, by text: String) {
      out += bytes[copied..<range.lowerBound]
      out += Array(text.utf8)
      copied = range.upperBound
    }
    for (index, token) in tokens.enumerated() {
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      let previous = index > 0 ? tokens[index - 1].kind : nil
      let next = index + 1 < tokens.count ? tokens[index + 1].kind : nil
      switch token.kind {
      case .symbol("["): brackets += 1
      case .symbol("]"): brackets = max(0, brackets - 1)
      case .symbol("("):
        if case .name(let name)? = previous { calls.append(Self.perSecond.contains(name)) } else { calls.append(false) }
      case .symbol(")"):
        if calls.popLast() == true { replace(token.range, by: ") / \(SeriesNotation.number(factor)))") }
      case .name(let name) where Self.perSecond.contains(name) && next == .symbol("("):
        replace(token.range, by: "(\(name)")
      case .number where brackets > 0:
        if let duration = PrometheusDuration(text) { replace(token.range, by: range(duration).text) }
      case .name where brackets > 0 && text.hasPrefix(":"):
        // The lexer takes a colon for part of a name; inside brackets it stands before a subquery's step.
        if let step = PrometheusDuration(text.dropFirst()) { replace(token.range, by: ":\(interval(step).text)") }
      case .number where Self.isOffset(tokens[..<index]):
        if let duration = PrometheusDuration(text) { replace(token.range, by: self.duration(duration).text) }
      default: break
      }
    }
    out += bytes[copied...]
    return String(decoding: out, as: UTF8.self)
  }

  /// True where an expression compares with seconds of the wall clock, which a compressed run can't shorten.
  static func hasPlainSeconds(_ expression: String) -> Bool {
    let tokens = PromQLLexer.tokens(expression).map(\.kind)
    return zip(tokens, tokens.dropFirst()).contains { token, next in
      guard case .name(let name) = token, next == .symbol("(") else { return false }
      return ["time", "timestamp", "predict_linear"].contains(name)
    }
  }

  private static let perSecond: Set<String> = ["rate", "irate", "deriv"]

  private static func isOffset(_ before: ArraySlice<PromQLLexer.Token>) -> Bool {
    switch before.last?.kind {
    case .name(let name)?: name.lowercased() == "offset"
    case .symbol("-")?:
      if case .name(let name)? = before.dropLast().last?.kind { name.lowercased() == "offset" } else { false }
    default: false
    }
  }
}
