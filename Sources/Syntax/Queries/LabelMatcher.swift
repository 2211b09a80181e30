/// One condition of a selector, as PromQL and LogQL write it: `job=~"vllm|litellm"`.
///
/// Two matchers are equal where they say the same; where they stand does not count.
public struct LabelMatcher: Sendable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case matches = "=~"
    case matchesNot = "!~"
  }

  /// The label's name, without quotes.
  public var name: String
  public var op: Operator
  /// The value or the regular expression (RE2, anchored at both ends), its escapes resolved.
  public var value: String
  /// UTF-8 offsets into the expression: from the name to the end of the value.
  public var range: Range<Int>
  /// Of the value, its quotes included.
  public var valueRange: Range<Int>

  public init(
    name: String, op: Operator, value: String, range: Range<Int> = 0..<0, valueRange: Range<Int> = 0..<0
  ) {
    self.name = name
    self.op = op
    self.value = value
    self.range = range
    self.valueRange = valueRange
  }
}

extension LabelMatcher: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && left.op == right.op && left.value == right.value
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(op)
    hasher.combine(value)
  }
}
