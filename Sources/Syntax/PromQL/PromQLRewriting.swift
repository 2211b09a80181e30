extension PromQLExpression {
  /// The expression with each of its parts put through `change`, the inner ones first.
  public func rewritten(_ change: (Node) -> Node) -> PromQLExpression {
    let node: Node
    switch self.node {
    case .number, .string, .selector, .variable: node = self.node
    case .subquery(var subquery):
      subquery.expression = subquery.expression.rewritten(change)
      node = .subquery(subquery)
    case .call(var call):
      call.arguments = call.arguments.map { $0.rewritten(change) }
      node = .call(call)
    case .aggregation(var aggregation):
      aggregation.parameter = aggregation.parameter?.rewritten(change)
      aggregation.expression = aggregation.expression.rewritten(change)
      node = .aggregation(aggregation)
    case .binary(var binary):
      binary.left = binary.left.rewritten(change)
      binary.right = binary.right.rewritten(change)
      node = .binary(binary)
    case .unary(let sign, let operand): node = .unary(sign, operand.rewritten(change))
    case .parentheses(let inner): node = .parentheses(inner.rewritten(change))
    }
    return PromQLExpression(change(node), range: range)
  }

  /// All selectors, in the order of the text.
  public var selectors: [PromQLSelector] {
    if case .selector(let selector) = node { [selector] } else { children.flatMap(\.selectors) }
  }
}

extension PromQLDuration {
  /// The duration with each of its parts put through `change`, the inner ones first.
  public func rewritten(_ change: (PromQLDuration) -> PromQLDuration) -> PromQLDuration {
    switch self {
    case .milliseconds, .number, .step, .range, .variable: change(self)
    case .binary(let op, let left, let right): change(.binary(op, left.rewritten(change), right.rewritten(change)))
    case .negative(let inner): change(.negative(inner.rewritten(change)))
    case .minimum(let left, let right): change(.minimum(left.rewritten(change), right.rewritten(change)))
    case .maximum(let left, let right): change(.maximum(left.rewritten(change), right.rewritten(change)))
    case .parentheses(let inner): change(.parentheses(inner.rewritten(change)))
    }
  }
}
