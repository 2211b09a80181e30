import Expressions
public import Syntax
public import Vocabulary

/// A selector of streams: label matchers in braces, such as `{job="vllm", node=~"gpu-.*"}`.
///
/// Source: grafana.com/docs/loki/latest/query/log_queries; expressions are RE2's and stand for the whole value.
public struct StreamSelector: Sendable {
  enum Test: Sendable {
    case equals(String)
    case matches(RE2)
  }

  struct Condition: Sendable {
    var label: String
    var test: Test
    var isNegated: Bool
  }

  /// As it was written.
  public let text: String
  let conditions: [Condition]

  /// - Parameters:
  ///   - value: where it stands in a document, for the error.
  /// - Throws: `usage` for what is no selector, and for line filters, since streams are chosen by their labels alone.
  public init(_ value: PositionedValue, path: String?) throws(Fault) {
    let text = value.string ?? ""
    var reader = SelectorReader(bytes: Array(text.utf8))
    do throws(ExpressionError) {
      conditions = try reader.matchers()
      guard reader.isAtEnd else { throw ExpressionError("expected the end", at: reader.index) }
    } catch {
      throw Fields.fault(
        "not a selector of streams, at its byte \(error.offset): \(error.problem)", at: value, path: path,
        remedy: error.remedy ?? "write label matchers, e.g. {job=\"vllm\"}")
    }
    self.text = text
  }

  init(conditions: [Condition]) {
    text = ""
    self.conditions = conditions
  }
}

/// A selector ready to match. One per worker.
public final class StreamMatcher {
  private let conditions: [(condition: StreamSelector.Condition, matcher: RE2Matcher?)]

  public init(_ selector: StreamSelector) {
    conditions = selector.conditions.map { condition in
      if case .matches(let expression) = condition.test { return (condition, RE2Matcher(expression)) }
      return (condition, nil)
    }
  }

  /// Whether a stream with these labels is selected; a label that it lacks counts as empty.
  public func matches(_ labels: [String: String]) -> Bool {
    conditions.allSatisfy { condition, matcher in
      let value = labels[condition.label] ?? ""
      let holds: Bool
      switch condition.test {
      case .equals(let text): holds = value.utf8.elementsEqual(text.utf8)
      case .matches: holds = matcher?.matches(Array(value.utf8)) ?? false
      }
      return holds != condition.isNegated
    }
  }
}

struct SelectorReader {
  let bytes: [UInt8]
  var index = 0

  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return index >= bytes.count
    }
  }

  private mutating func skipSpace() {
    while index < bytes.count, [9, 10, 13, 32].contains(bytes[index]) { index += 1 }
  }

  mutating func accept(_ text: String) -> Bool {
    skipSpace()
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  mutating func expect(_ text: String) throws(ExpressionError) {
    guard accept(text) else { throw ExpressionError("expected '\(text)'", at: index) }
  }

  /// Label matchers in braces.
  mutating func matchers() throws(ExpressionError) -> [StreamSelector.Condition] {
    var conditions: [StreamSelector.Condition] = []
    try expect("{")
    repeat {
      let name = name()
      let mark = try operation(["=~", "!~", "!=", "="])
      guard !name.isEmpty else { throw ExpressionError("expected a label's name", at: index) }
      let value = try literal()
      let test =
        mark.last == "~"
        ? StreamSelector.Test.matches(try RE2(value, anchored: .prometheus3)) : .equals(value)
      conditions.append(StreamSelector.Condition(label: name, test: test, isNegated: mark.first == "!"))
    } while accept(",")
    try expect("}")
    return conditions
  }

  mutating func operation(_ choices: [String]) throws(ExpressionError) -> String {
    for choice in choices where accept(choice) { return choice }
    throw ExpressionError("expected one of \(choices.joined(separator: " "))", at: index)
  }

  mutating func name() -> String {
    skipSpace()
    let start = index
    while index < bytes.count, LabelName.isLegacy("_" + String(Unicode.Scalar(bytes[index]))) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  mutating func literal() throws(ExpressionError) -> String {
    skipSpace()
    let start = index
    guard let text = GoText.literal(bytes, &index) else { throw ExpressionError("expected a quoted text", at: start) }
    return text
  }
}
