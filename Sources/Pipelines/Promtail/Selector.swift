import Expressions
import Vocabulary

/// The selector of `match`: label matchers in braces, then line filters.
struct Selector {
  private enum Test {
    case equals([UInt8])
    case matches(RE2Matcher)
  }

  private struct Condition {
    /// Nil for the line.
    var label: String?
    var test: Test
    var isNegated: Bool
  }

  private var conditions: [Condition] = []

  init(_ fields: Fields) throws(Fault) {
    let text = try fields.required("selector", of: "stage match")
    var reader = Reader(bytes: Array(text.utf8))
    do {
      try reader.expect("{")
      repeat {
        let name = reader.name()
        let mark = try reader.operation(["=~", "!~", "!=", "="])
        guard !name.isEmpty else { throw ExpressionError("expected a label's name", at: reader.index) }
        let value = try reader.literal()
        conditions.append(
          Condition(
            label: name, test: try Self.test(value, isExpression: mark.last == "~", isWhole: true, reader.index),
            isNegated: mark.first == "!"))
      } while reader.accept(",")
      try reader.expect("}")
      while !reader.isAtEnd {
        let mark = try reader.operation(["|=", "|~", "!=", "!~"])
        let value = try reader.literal()
        conditions.append(
          Condition(
            label: nil, test: try Self.test(value, isExpression: mark.last == "~", isWhole: false, reader.index),
            isNegated: mark.first == "!"))
      }
    } catch let error as ExpressionError {
      throw fields.fault(
        "not a selector of stage match, at its byte \(error.offset): \(error.problem)", "selector",
        remedy: error.remedy ?? "write label matchers, then line filters: {job=\"a\"} |= \"b\"")
    } catch {
      throw Fault(.internal, "an error of an unexpected type")
    }
  }

  private static func test(_ value: String, isExpression: Bool, isWhole: Bool, _ end: Int) throws(ExpressionError)
    -> Test
  {
    guard isExpression else { return .equals(Array(value.utf8)) }
    let expression = isWhole ? try RE2(value, anchored: .prometheus3) : try RE2(value)
    return .matches(RE2Matcher(expression))
  }

  func matches(_ entry: PipelineEntry) -> Bool {
    conditions.allSatisfy { condition in
      let holds: Bool
      if let label = condition.label {
        let value = Array((entry.labels[label] ?? "").utf8)
        switch condition.test {
        case .equals(let text): holds = value == text
        case .matches(let matcher): holds = matcher.matches(value)
        }
      } else {
        switch condition.test {
        case .equals(let text): holds = text.isEmpty || entry.line.contains(text)
        case .matches(let matcher): holds = matcher.matches(entry.line)
        }
      }
      return holds != condition.isNegated
    }
  }
}

private struct Reader {
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
