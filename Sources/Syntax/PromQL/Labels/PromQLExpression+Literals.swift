/// Text that stands in an expression and goes wherever the expression is shown: in dashboards, in an alert's link back to
/// Prometheus, in the log of queries.
public struct PromQLLiteral: Sendable, Hashable {
  /// Its escapes resolved.
  public var text: String
  /// UTF-8 offsets: of a string with its quotes, of a matcher from its label on.
  public var range: Range<Int>
  /// The label that a matcher compares with it.
  public var label: String?
}

extension PromQLExpression {
  /// The strings of an expression and the values of its matchers, in the order of the text.
  public var literals: [PromQLLiteral] {
    var found: [PromQLLiteral] = []
    collectLiterals(into: &found)
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func collectLiterals(into found: inout [PromQLLiteral]) {
    switch node {
    case .number, .variable: break
    case .string(let text): found.append(PromQLLiteral(text: text, range: range))
    case .selector(let selector):
      found += selector.matchers.map { PromQLLiteral(text: $0.value, range: $0.range, label: $0.name) }
    case .subquery(let subquery): subquery.expression.collectLiterals(into: &found)
    case .call(let call): for argument in call.arguments { argument.collectLiterals(into: &found) }
    case .aggregation(let aggregation):
      aggregation.parameter?.collectLiterals(into: &found)
      aggregation.expression.collectLiterals(into: &found)
    case .binary(let binary):
      binary.left.collectLiterals(into: &found)
      binary.right.collectLiterals(into: &found)
    case .unary(_, let operand), .parentheses(let operand): operand.collectLiterals(into: &found)
    }
  }
}
