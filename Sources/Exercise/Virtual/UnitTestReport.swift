import Engines
import Foundation

/// What promtool says of a unit-test file that it does not pass, as far as exercises read it.
///
/// Tried on promtool 2.42: a failed `promql_expr_test` prints `expr: "…", time: …,` (some versions with the group's name
/// before it), then `exp:` and `got:` with samples as `{label="value", …} 6.3E+02, …` or `nil`; a rule that fails prints
/// `rule: NAME, time: …, err: …`, and ends its test group.
struct UnitTestReport: Sendable {
  struct Sample: Sendable, Hashable {
    var labels: [String: String]
    var value: Double
  }

  /// Samples that came out, by the question's id, for those questions that came out otherwise than expected.
  var failures: [String: [Sample]] = [:]
  /// Names of rules whose evaluation failed.
  var failedRules: Set<String> = []
  /// Failed without any of these: the file or the rules were refused.
  var isRefused: Bool

  init(_ result: CommandResult) {
    var id: String?
    for line in result.stderrText.split(whereSeparator: \.isNewline) {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("rule: "), let end = text.range(of: ", time: ") {
        failedRules.insert(String(text[text.index(text.startIndex, offsetBy: 6)..<end.lowerBound]))
      } else if let start = text.range(of: "expr: \""), let mark = text.range(of: "\", time: ") {
        // The id is what follows the last comment sign of the quoted expression; ids hold no quotes or spaces.
        let expression = text[start.upperBound..<mark.lowerBound]
        id = expression.range(of: " # ", options: .backwards).map { String(expression[$0.upperBound...]) }
        if let id { failures[id] = [] }
      } else if text.hasPrefix("got:"), let current = id {
        failures[current] = Self.samples(text.dropFirst(4))
        id = nil
      }
    }
    isRefused = result.exit != 0 && failures.isEmpty && failedRules.isEmpty
  }

  /// What two runs say together.
  func merged(with other: UnitTestReport) -> UnitTestReport {
    var both = self
    both.failures.merge(other.failures) { first, _ in first }
    both.failedRules.formUnion(other.failedRules)
    both.isRefused = isRefused || other.isRefused
    return both
  }

  static func samples(_ text: some StringProtocol) -> [Sample] {
    var rest = Substring(text)
    var samples: [Sample] = []
    while let open = rest.firstIndex(of: "{") {
      rest = rest[rest.index(after: open)...]
      var labels: [String: String] = [:]
      while let next = rest.first, next != "}" {
        if next == "," || next == " " {
          rest.removeFirst()
          continue
        }
        guard let equals = rest.firstIndex(of: "=") else { return samples }
        let name = String(rest[..<equals])
        rest = rest[rest.index(after: equals)...]
        guard let value = string(&rest) else { return samples }
        labels[name] = value
      }
      let number = rest.dropFirst().drop { $0 == " " }.prefix { $0 != "," && $0 != " " }
      if let value = Double(number) { samples.append(Sample(labels: labels, value: value)) }
    }
    return samples
  }

  /// A Go string literal; escapes other than of quote and backslash stay as they are, for names are only compared.
  private static func string(_ rest: inout Substring) -> String? {
    guard rest.popFirst() == "\"" else { return nil }
    var value = ""
    while let character = rest.popFirst(), character != "\"" {
      if character == "\\", let next = rest.popFirst() {
        if next != "\"", next != "\\" { value.append("\\") }
        value.append(next)
      } else {
        value.append(character)
      }
    }
    return value
  }
}
