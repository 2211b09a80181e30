import Syntax

/// A recording rule, as what reads its series sees it.
struct RecordingRule: Sendable, Hashable {
  enum Labels: Sendable, Hashable {
    case ofSeries(PromQLLabels)
    /// Of what Loki's ruler makes of lines and writes to a Prometheus.
    case ofLines(LogQLLabels)
  }

  var name: String
  var labels: Labels
  /// Labels that the rule itself sets.
  var setLabels: Set<String>
  var place: FlowPlace

  /// - Returns: nil where the rule records nothing, or its expression can't be read.
  init?(_ rule: Rule, path: String) {
    guard let name = rule.value["record"]?.string, let query = rule.queries.first else { return nil }
    switch query.parsed {
    case .promQL(let expression): labels = .ofSeries(expression.labels())
    case .logQL(let expression): labels = .ofLines(expression.labels())
    case .unreadable: return nil
    }
    self.name = name
    setLabels = rule.setLabels
    place = FlowPlace(path, rule.value)
  }

  /// Whether Loki's ruler evaluates it.
  var isOfLines: Bool { if case .ofLines = labels { true } else { false } }

  var step: FlowStep {
    FlowStep(["recording rule ", .name(name)], path: place.path, line: place.line, column: place.column)
  }
}
