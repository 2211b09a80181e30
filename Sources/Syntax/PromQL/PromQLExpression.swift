/// A PromQL expression as Prometheus parses it.
///
/// Two expressions are equal where their parse is; where their parts stand in the text does not count.
///
/// Source: prometheus/promql/parser/ast.go and generatedParser.y, from 2.42 to 3.14.
public struct PromQLExpression: Sendable {
  public indirect enum Node: Sendable, Hashable {
    case number(PromQLNumber)
    case string(String)
    /// An instant vector, or a range vector where it has a range.
    case selector(PromQLSelector)
    case subquery(PromQLSubquery)
    case call(PromQLCall)
    case aggregation(PromQLAggregation)
    case binary(PromQLBinary)
    case unary(PromQLUnaryOperator, PromQLExpression)
    case parentheses(PromQLExpression)
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

extension PromQLExpression: Hashable {
  public static func == (left: Self, right: Self) -> Bool { left.node == right.node }
  public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

/// A number, also one written as a duration (`5m` for 300).
public struct PromQLNumber: Sendable, Hashable {
  public var value: Double
  public var isDuration: Bool

  public init(_ value: Double, isDuration: Bool = false) {
    self.value = value
    self.isDuration = isDuration
  }

  /// Not-a-number is equal to itself here: it is the same text.
  public static func == (left: Self, right: Self) -> Bool {
    left.isDuration == right.isDuration
      && (left.value.isNaN ? right.value.isNaN : left.value.bitPattern == right.value.bitPattern)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(value.isNaN ? 0 : value.bitPattern) }
}

/// A length of time, computed where the expression does so (experimental: `[5m * 2]`, `offset step()`).
public indirect enum PromQLDuration: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case power = "^"
  }

  case milliseconds(Int64)
  /// A bare number of seconds, inside a computed duration or where it is no whole number of milliseconds.
  case number(Double)
  case step
  case range
  case binary(Operator, PromQLDuration, PromQLDuration)
  /// Of anything but a literal; a literal has its sign in it.
  case negative(PromQLDuration)
  case minimum(PromQLDuration, PromQLDuration)
  case maximum(PromQLDuration, PromQLDuration)
  case parentheses(PromQLDuration)
  /// A variable of Grafana: `$__rate_interval`.
  case variable(String)
}

/// What `@` fixes the time of evaluation to.
public enum PromQLInstant: Sendable, Hashable {
  /// Milliseconds since 1970.
  case milliseconds(Int64)
  case start
  case end
  case variable(String)
}

/// A metric's name and conditions, with the range where one stands.
public struct PromQLSelector: Sendable, Hashable {
  /// The name that stands before the braces, or quoted in them; it may hold Grafana's variables. Nil where there is none.
  public var name: String?
  /// In the order of the text; the name is not among them, `__name__` is.
  public var matchers: [LabelMatcher]
  /// Grafana's variables that stand for whole conditions: `{job="x", $filters}`.
  public var variables: [String] = []
  public var range: PromQLDuration?
  public var offset: PromQLDuration?
  public var instant: PromQLInstant?
  /// Experimental modifiers of range selectors.
  public var isAnchored = false
  public var isSmoothed = false

  public init(name: String?, matchers: [LabelMatcher] = []) {
    self.name = name
    self.matchers = matchers
  }
}

/// `EXPRESSION[RANGE:STEP]`
public struct PromQLSubquery: Sendable, Hashable {
  public var expression: PromQLExpression
  public var range: PromQLDuration
  public var step: PromQLDuration?
  public var offset: PromQLDuration?
  public var instant: PromQLInstant?

  public init(_ expression: PromQLExpression, range: PromQLDuration, step: PromQLDuration? = nil) {
    self.expression = expression
    self.range = range
    self.step = step
  }
}

public struct PromQLCall: Sendable, Hashable {
  public var function: String
  public var arguments: [PromQLExpression]

  public init(_ function: String, _ arguments: [PromQLExpression]) {
    self.function = function
    self.arguments = arguments
  }
}

/// `sum by (job) (…)`, `topk(3, …)`, `count_values("version", …)`
public struct PromQLAggregation: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case sum, avg, count, min, max, group, stddev, stdvar, topk, bottomk, quantile
    case countValues = "count_values"
    case limitK = "limitk"
    case limitRatio = "limit_ratio"
    /// What a variable of Grafana says; see ``PromQLAggregation/variable``.
    case variable = "$"
  }

  public var op: Operator
  /// The variable (with the letters around it) that stands for the operator: `$aggregation by (job) (…)`.
  public var variable: String?
  public var parameter: PromQLExpression?
  public var expression: PromQLExpression
  /// Labels in the order of the text; none where no clause stands.
  public var grouping: [String]
  /// Whether the clause is `without`.
  public var isWithout: Bool

  public init(
    _ op: Operator, _ expression: PromQLExpression, parameter: PromQLExpression? = nil, grouping: [String] = [],
    isWithout: Bool = false
  ) {
    self.op = op
    self.parameter = parameter
    self.expression = expression
    self.grouping = grouping
    self.isWithout = isWithout
  }
}

public enum PromQLUnaryOperator: String, Sendable, Hashable {
  case plus = "+"
  case minus = "-"
}

public struct PromQLBinary: Sendable, Hashable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case power = "^"
    case atan2
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case less = "<"
    case greaterOrEqual = ">="
    case lessOrEqual = "<="
    case and, or, unless
    /// Experimental: keeps the buckets of native histograms below or above a bound.
    case trimUpper = "</"
    case trimLower = ">/"
  }

  public var op: Operator
  public var left: PromQLExpression
  public var right: PromQLExpression
  public var returnsBool: Bool
  /// Nil unless both sides are vectors.
  public var matching: PromQLMatching?

  public init(
    _ op: Operator, _ left: PromQLExpression, _ right: PromQLExpression, returnsBool: Bool = false,
    matching: PromQLMatching? = nil
  ) {
    self.op = op
    self.left = left
    self.right = right
    self.returnsBool = returnsBool
    self.matching = matching
  }
}

/// How the series of two sides find each other.
public struct PromQLMatching: Sendable, Hashable {
  public enum Cardinality: Sendable, Hashable {
    case oneToOne
    /// `group_left`
    case manyToOne
    /// `group_right`
    case oneToMany
    /// Of `and`, `or` and `unless`.
    case manyToMany
  }

  public var cardinality: Cardinality
  /// Labels of `on` or `ignoring`.
  public var labels: [String]
  public var isOn: Bool
  /// Labels that `group_left` or `group_right` takes over from the side of which there is one.
  public var included: [String]
  /// Experimental: values for what finds no partner.
  public var leftFill: PromQLNumber?
  public var rightFill: PromQLNumber?

  public init(
    _ cardinality: Cardinality = .oneToOne, labels: [String] = [], isOn: Bool = false, included: [String] = [],
    leftFill: PromQLNumber? = nil, rightFill: PromQLNumber? = nil
  ) {
    self.cardinality = cardinality
    self.labels = labels
    self.isOn = isOn
    self.included = included
    self.leftFill = leftFill
    self.rightFill = rightFill
  }
}
