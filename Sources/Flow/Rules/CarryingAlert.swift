import Syntax

/// An expression of an alert, as notifications about it see it: which labels it carries.
struct CarryingAlert: Sendable, Hashable {
  var name: String
  var labels: PromQLLabels
  /// Labels that the rule itself sets.
  var setLabels: Set<String>
  var place: FlowPlace

  /// One for each of its expressions that is PromQL and whose labels it carries; none for what is no alert.
  static func all(in rule: Rule, path: String) -> [CarryingAlert] { all(in: rule, rule.carriedQueries, path: path) }

  static func all(in rule: Rule, _ queries: [Query], path: String) -> [CarryingAlert] {
    guard rule.isAlert else { return [] }
    return queries.compactMap { query in
      guard let expression = query.expression else { return nil }
      return CarryingAlert(
        name: rule.name, labels: expression.labels(), setLabels: rule.setLabels, place: FlowPlace(path, query.value))
    }
  }

  var step: FlowStep {
    FlowStep(
      ["alert ", .name(name), ", whose expression lets it through"], path: place.path, line: place.line,
      column: place.column)
  }
}
