/// A selector of streams and what is done with each of their lines, in the order of the text.
///
/// Source: grafana/loki pkg/logql/syntax/syntax.y, from 2.9 to 3.8.
public struct LogQLPipeline: Sendable {
  public var matchers: [LabelMatcher]
  /// Variables of Grafana that stand for matchers: `{$filters}`.
  public var variables: [LogQLText]
  public var stages: [LogQLStage]
  /// Of the selector, braces included: UTF-8 offsets into the expression.
  public var selectorRange: Range<Int>

  public init(
    _ matchers: [LabelMatcher], variables: [LogQLText] = [], stages: [LogQLStage] = [],
    selectorRange: Range<Int> = 0..<0
  ) {
    self.matchers = matchers
    self.variables = variables
    self.stages = stages
    self.selectorRange = selectorRange
  }
}

extension LogQLPipeline: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    left.matchers == right.matchers && left.variables == right.variables && left.stages == right.stages
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(matchers)
    hasher.combine(variables)
    hasher.combine(stages)
  }
}

/// One step of a pipeline.
public struct LogQLStage: Sendable {
  public enum Node: Sendable, Hashable {
    case lineFilter(LogQLLineFilter)
    /// `json`; without extractions every field becomes a label.
    case json([LogQLExtraction])
    case logfmt(LogQLLogfmt)
    /// `regexp`: each named group becomes a label.
    case regexp(LogQLText)
    /// `pattern`: each named capture becomes a label.
    case pattern(LogQLText)
    /// `unpack`: undoes Promtail's `pack`; the line becomes what `_entry` holds.
    case unpack
    case labelFilter(LogQLLabelFilter)
    /// `line_format`: the line becomes what the template prints.
    case lineFormat(LogQLText)
    case labelFormat([LogQLLabelFormat])
    /// Takes terminal colours out of the line.
    case decolorize
    case drop([LogQLLabelChoice])
    case keep([LogQLLabelChoice])
    /// A variable of Grafana that stands for a stage, or for none, behind a bar or with its own.
    case variable(String, afterBar: Bool)
  }

  public var node: Node
  /// UTF-8 offsets into the expression, the bar included.
  public var range: Range<Int>

  public init(_ node: Node, range: Range<Int> = 0..<0) {
    self.node = node
    self.range = range
  }
}

extension LogQLStage: Hashable {
  public static func == (left: Self, right: Self) -> Bool { left.node == right.node }
  public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

/// `|= "error" or "fatal"`, `!~ "debug"`, `|= ip("10.0.0.0/8")`
public struct LogQLLineFilter: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case contains = "|="
    case containsNot = "!="
    case matches = "|~"
    case matchesNot = "!~"
    /// Since 3.0.
    case pattern = "|>"
    case patternNot = "!>"
  }

  public struct Alternative: Sendable, Hashable {
    public var text: LogQLText
    /// Whether it is an address, a network or a range of addresses.
    public var isAddress: Bool

    public init(_ text: LogQLText, isAddress: Bool = false) {
      self.text = text
      self.isAddress = isAddress
    }
  }

  public var op: Operator
  /// At least one; of a negated filter none may hold.
  public var alternatives: [Alternative]

  public init(_ op: Operator, _ alternatives: [Alternative]) {
    self.op = op
    self.alternatives = alternatives
  }
}

/// `status="response.status"`, or `status` alone, which is short for `status="status"`.
public struct LogQLExtraction: Sendable, Hashable {
  public var label: LogQLText
  public var expression: LogQLText

  public init(_ label: LogQLText, _ expression: LogQLText) {
    self.label = label
    self.expression = expression
  }
}

/// `logfmt --strict status="code"`; without extractions every key becomes a label.
public struct LogQLLogfmt: Sendable, Hashable {
  public var isStrict: Bool
  public var keepsEmpty: Bool
  public var extractions: [LogQLExtraction]

  public init(isStrict: Bool = false, keepsEmpty: Bool = false, extractions: [LogQLExtraction] = []) {
    self.isStrict = isStrict
    self.keepsEmpty = keepsEmpty
    self.extractions = extractions
  }
}

/// `destination=source`, or `destination="template"`.
public struct LogQLLabelFormat: Sendable, Hashable {
  public enum Source: Sendable, Hashable {
    /// The label is renamed: it goes away.
    case rename(LogQLText)
    case template(LogQLText)
  }

  public var label: LogQLText
  public var source: Source

  public init(_ label: LogQLText, _ source: Source) {
    self.label = label
    self.source = source
  }
}

/// A label that `drop` or `keep` names, or names where its value is one.
public enum LogQLLabelChoice: Sendable, Hashable {
  case name(LogQLText)
  case matcher(LabelMatcher)
}

/// `status >= 500 and (method="POST" or duration > 2s)`
public struct LogQLLabelFilter: Sendable {
  public indirect enum Node: Sendable, Hashable {
    case matcher(LabelMatcher)
    case comparison(LogQLComparison)
    /// `remote = ip("10.0.0.0/8")`
    case address(LogQLText, isNegated: Bool, LogQLText)
    case and(LogQLLabelFilter, LogQLLabelFilter)
    case or(LogQLLabelFilter, LogQLLabelFilter)
  }

  public var node: Node
  /// UTF-8 offsets into the expression.
  public var range: Range<Int>

  public init(_ node: Node, range: Range<Int> = 0..<0) {
    self.node = node
    self.range = range
  }
}

extension LogQLLabelFilter: Hashable {
  public static func == (left: Self, right: Self) -> Bool { left.node == right.node }
  public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

/// `status >= 500`: the label's value is read as the kind of the value that it is compared with.
public struct LogQLComparison: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case greaterOrEqual = ">="
    case less = "<"
    case lessOrEqual = "<="
  }

  public enum Value: Sendable, Hashable {
    case number(Double)
    case nanoseconds(Int64)
    case bytes(UInt64)
    /// A variable of Grafana.
    case variable(String)
  }

  public var label: LogQLText
  public var op: Operator
  public var value: Value

  public init(_ label: LogQLText, _ op: Operator, _ value: Value) {
    self.label = label
    self.op = op
    self.value = value
  }
}
