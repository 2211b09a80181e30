/// Which names an expression reads and which literals it holds.
public struct PromQLReading: Sendable, Hashable {
  /// A string literal that is no name: the value of a condition, or an argument.
  public struct Literal: Sendable, Hashable {
    public var text: String
    /// UTF-8 offsets into the expression, quotes included.
    public var range: Range<Int>
  }

  /// Metric names read, in the order of first appearance; also those that conditions on `__name__` list (`a|b`).
  ///
  /// Names with Grafana's variables in them are not among them.
  public private(set) var metrics: [String] = []
  /// Label names in conditions and in `by`, `without`, `on`, `ignoring`, `group_left` and `group_right`.
  public private(set) var labels: [String] = []
  /// In the order of the text.
  public private(set) var literals: [Literal] = []
  private var seenMetrics: Set<String> = []
  private var seenLabels: Set<String> = []

  init() {}

  init(_ expression: PromQLExpression) {
    collect(expression)
    literals.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func collect(_ expression: PromQLExpression) {
    switch expression.node {
    case .number, .variable: break
    case .string(let text): literals.append(Literal(text: text, range: expression.range))
    case .selector(let selector):
      if let name = selector.name { add(metric: name) }
      for matcher in selector.matchers { collect(matcher) }
    case .aggregation(let aggregation):
      if let parameter = aggregation.parameter { collect(parameter) }
      add(labels: aggregation.grouping)
      collect(aggregation.expression)
    case .binary(let binary):
      collect(binary.left)
      add(labels: (binary.matching?.labels ?? []) + (binary.matching?.included ?? []))
      collect(binary.right)
    default: for child in expression.children { collect(child) }
    }
  }

  private mutating func collect(_ matcher: LabelMatcher) {
    literals.append(Literal(text: matcher.value, range: matcher.valueRange))
    guard matcher.name == "__name__" else { return add(labels: [matcher.name]) }
    switch matcher.op {
    case .equal: add(metric: matcher.value)
    case .matches: add(metricsListed: matcher.value)
    case .notEqual, .matchesNot: break
    }
  }

  /// The names of an expression that lists whole ones.
  mutating func add(metricsListed expression: String) {
    let names = expression.split(separator: "|", omittingEmptySubsequences: false)
    if names.allSatisfy({ PromQLName.isMetric($0.utf8) }) { for name in names { add(metric: String(name)) } }
  }

  mutating func add(metric: String) {
    if !metric.isEmpty, !GrafanaVariable.occurs(in: metric), seenMetrics.insert(metric).inserted {
      metrics.append(metric)
    }
  }

  mutating func add(labels names: [String]) {
    for name in names where !GrafanaVariable.occurs(in: name) && seenLabels.insert(name).inserted {
      labels.append(name)
    }
  }

  mutating func add(_ literal: Literal) { literals.append(literal) }
}

extension PromQLExpression {
  /// The names and literals of the expression.
  public var reading: PromQLReading { PromQLReading(self) }

  /// The expressions of which this one is made, in the order of the text.
  public var children: [PromQLExpression] {
    switch node {
    case .number, .string, .selector, .variable: []
    case .subquery(let subquery): [subquery.expression]
    case .call(let call): call.arguments
    case .aggregation(let aggregation): [aggregation.parameter, aggregation.expression].compactMap { $0 }
    case .binary(let binary): [binary.left, binary.right]
    case .unary(_, let operand): [operand]
    case .parentheses(let inner): [inner]
    }
  }
}
