/// A LogQL expression as Loki parses it.
///
/// Parentheses are not kept: the tree says what they said. Two expressions are equal where their parse is; where their parts
/// stand in the text does not count.
///
/// Source: grafana/loki pkg/logql/syntax/syntax.y and ast.go, from 2.9 to 3.8.
public struct LogQLExpression: Sendable {
  public indirect enum Node: Sendable, Hashable {
    /// Lines: a selector and the stages after it. Everything else yields series.
    case lines(LogQLPipeline)
    case rangeAggregation(LogQLRangeAggregation)
    case aggregation(LogQLAggregation)
    case binary(LogQLBinary)
    case labelReplace(LogQLLabelReplace)
    case number(Double)
    /// `vector(1)`: one series without labels.
    case vector(LogQLScalar)
    case variants(LogQLVariants)
    /// A variable of Grafana that stands for an expression, or for a number: `$query`.
    case variable(String)
  }

  public var node: Node
  /// UTF-8 offsets into the text that was parsed.
  public var range: Range<Int>

  public init(_ node: Node, range: Range<Int> = 0..<0) {
    self.node = node
    self.range = range
  }
}

extension LogQLExpression: Hashable {
  public static func == (left: Self, right: Self) -> Bool { left.node == right.node }
  public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

/// A name or a string of a query, its escapes resolved.
public struct LogQLText: Sendable {
  public var value: String
  /// UTF-8 offsets into the expression, quotes included.
  public var range: Range<Int>
  /// Whether a variable of Grafana stands where a string would: `|= ${search:doublequote}`. The value is the variable then.
  public var isVariable: Bool

  public init(_ value: String, range: Range<Int> = 0..<0, isVariable: Bool = false) {
    self.value = value
    self.range = range
    self.isVariable = isVariable
  }
}

extension LogQLText: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    left.value == right.value && left.isVariable == right.isVariable
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(value)
    hasher.combine(isVariable)
  }
}

/// A number where the grammar takes nothing else.
public enum LogQLScalar: Sendable, Hashable {
  case number(Double)
  /// A variable of Grafana.
  case variable(String)
}

/// A length of time.
public enum LogQLDuration: Sendable, Hashable {
  case nanoseconds(Int64)
  /// A variable of Grafana, or a text with one: `$__auto`, `5$unit`.
  case variable(String)
}

/// Lines of a length of time before each instant: `{job="vllm"} | json [5m] offset 1h`.
public struct LogQLRange: Sendable, Hashable {
  public var pipeline: LogQLPipeline
  public var unwrap: LogQLUnwrap?
  public var duration: LogQLDuration
  public var offset: LogQLDuration?

  public init(
    _ pipeline: LogQLPipeline, unwrap: LogQLUnwrap? = nil, duration: LogQLDuration, offset: LogQLDuration? = nil
  ) {
    self.pipeline = pipeline
    self.unwrap = unwrap
    self.duration = duration
    self.offset = offset
  }
}

/// `| unwrap duration(latency) | latency_unit="s"`: which label holds the sample's value.
public struct LogQLUnwrap: Sendable, Hashable {
  public enum Conversion: String, Sendable, Hashable, CaseIterable {
    case bytes, duration
    case durationSeconds = "duration_seconds"
  }

  public var label: LogQLText
  public var conversion: Conversion?
  /// They see the sample that was taken, and `__error__`.
  public var filters: [LogQLLabelFilter]

  public init(_ label: LogQLText, conversion: Conversion? = nil, filters: [LogQLLabelFilter] = []) {
    self.label = label
    self.conversion = conversion
    self.filters = filters
  }
}

/// `by (job)` or `without (job)`.
public struct LogQLGrouping: Sendable, Hashable {
  public var labels: [LogQLText]
  public var isWithout: Bool

  public init(_ labels: [LogQLText], isWithout: Bool = false) {
    self.labels = labels
    self.isWithout = isWithout
  }
}

/// `rate({…}[5m])`, `quantile_over_time(0.99, {…} | unwrap x [5m]) by (job)`
public struct LogQLRangeAggregation: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case count = "count_over_time"
    case rate
    case rateCounter = "rate_counter"
    case bytes = "bytes_over_time"
    case bytesRate = "bytes_rate"
    case average = "avg_over_time"
    case sum = "sum_over_time"
    case minimum = "min_over_time"
    case maximum = "max_over_time"
    case variance = "stdvar_over_time"
    case deviation = "stddev_over_time"
    case quantile = "quantile_over_time"
    case first = "first_over_time"
    case last = "last_over_time"
    case absent = "absent_over_time"
  }

  public var op: Operator
  public var parameter: LogQLScalar?
  public var operand: LogQLRange
  /// Nil where no clause stands, which is not the same as `by ()`.
  public var grouping: LogQLGrouping?

  public init(
    _ op: Operator, _ operand: LogQLRange, parameter: LogQLScalar? = nil, grouping: LogQLGrouping? = nil
  ) {
    self.op = op
    self.operand = operand
    self.parameter = parameter
    self.grouping = grouping
  }
}

/// `sum by (job) (…)`, `topk(3, …)`
public struct LogQLAggregation: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case sum, avg, count, max, min, stddev, stdvar, bottomk, topk, sort
    case sortDescending = "sort_desc"
    /// Since 3.3.
    case approximateTopK = "approx_topk"
  }

  public var op: Operator
  public var parameter: LogQLScalar?
  public var expression: LogQLExpression
  /// Nil where no clause stands, which is the same as `by ()` except to `approx_topk`.
  public var grouping: LogQLGrouping?

  public init(
    _ op: Operator, _ expression: LogQLExpression, parameter: LogQLScalar? = nil, grouping: LogQLGrouping? = nil
  ) {
    self.op = op
    self.expression = expression
    self.parameter = parameter
    self.grouping = grouping
  }
}

public struct LogQLBinary: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case power = "^"
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case less = "<"
    case greaterOrEqual = ">="
    case lessOrEqual = "<="
    case and, or, unless
  }

  public var op: Operator
  public var left: LogQLExpression
  public var right: LogQLExpression
  public var returnsBool: Bool
  /// Nil where neither `on` nor `ignoring` stands. Of PromQL's, Loki knows neither `manyToMany` nor the fills.
  public var matching: PromQLMatching?

  public init(
    _ op: Operator, _ left: LogQLExpression, _ right: LogQLExpression, returnsBool: Bool = false,
    matching: PromQLMatching? = nil
  ) {
    self.op = op
    self.left = left
    self.right = right
    self.returnsBool = returnsBool
    self.matching = matching
  }
}

/// `label_replace(expression, "destination", "replacement", "source", "regex")`
public struct LogQLLabelReplace: Sendable, Hashable {
  public var expression: LogQLExpression
  public var destination: LogQLText
  public var replacement: LogQLText
  public var source: LogQLText
  /// RE2's, anchored at both ends.
  public var regex: LogQLText

  public init(
    _ expression: LogQLExpression, destination: LogQLText, replacement: LogQLText, source: LogQLText, regex: LogQLText
  ) {
    self.expression = expression
    self.destination = destination
    self.replacement = replacement
    self.source = source
    self.regex = regex
  }
}

/// `variants(count_over_time({…}[5m]), …) of ({…}[5m])`: series of several kinds from one reading of the lines. From 3.5 to 3.7.
public struct LogQLVariants: Sendable, Hashable {
  public var variants: [LogQLExpression]
  public var operand: LogQLRange

  public init(_ variants: [LogQLExpression], of operand: LogQLRange) {
    self.variants = variants
    self.operand = operand
  }
}
