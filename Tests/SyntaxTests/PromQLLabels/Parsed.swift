import Syntax

extension PromQLExpression {
  /// Read with Grafana's variables in it.
  static func parsed(_ text: String) throws -> PromQLExpression { try .parse(text, options: .grafana) }
}
