import Syntax

/// A recording rule, as what reads its series sees it.
struct RecordingRule: Sendable, Hashable {
  var name: String
  var labels: PromQLLabels
  /// Labels that the rule itself sets.
  var setLabels: Set<String>
  var place: FlowPlace

  /// - Returns: nil where the rule records nothing, or its expression is none of PromQL.
  init?(_ rule: Rule, path: String) {
    guard let name = rule.value["record"]?.string, case .promQL(let expression)? = rule.queries.first?.parsed else {
      return nil
    }
    self.name = name
    labels = expression.labels()
    setLabels = rule.setLabels
    place = FlowPlace(path, rule.value)
  }

  var step: FlowStep {
    FlowStep(["recording rule ", .name(name)], path: place.path, line: place.line, column: place.column)
  }
}
