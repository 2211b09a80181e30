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
  /// Whether its series count things, so that their sum counts them all.
  var isCount: Bool
  var place: FlowPlace

  /// One for each expression whose labels its series carry and that can be read, of which Grafana's rules may have several; none where
  /// the rule records nothing.
  static func all(in rule: Rule, path: String) -> [RecordingRule] {
    guard let name = rule.recorded else { return [] }
    return rule.carriedQueries.compactMap { RecordingRule(name, $0, of: rule, path: path) }
  }

  private init?(_ name: String, _ query: Query, of rule: Rule, path: String) {
    switch query.parsed {
    case .promQL(let expression):
      labels = .ofSeries(expression.labels())
      isCount = expression.isCount()
    case .logQL(let expression):
      labels = .ofLines(expression.labels())
      isCount = true
    case .unreadable: return nil
    }
    self.name = name
    setLabels = rule.setLabels
    // Several of one rule of Grafana are told apart by their queries.
    place = FlowPlace(path, rule.isManaged ? query.value : rule.value)
  }

  /// Whether its series can have a label.
  func mayMake(_ label: String) -> Bool {
    if setLabels.contains(label) { return true }
    return switch labels {
    case .ofSeries(let labels): !labels.origins(of: label).isEmpty
    case .ofLines(let labels): !labels.origins(of: label).isEmpty
    }
  }

  /// Whether Loki's ruler evaluates it, or Grafana over Loki.
  var isOfLines: Bool { if case .ofLines = labels { true } else { false } }

  var step: FlowStep {
    FlowStep(["recording rule ", .name(name)], path: place.path, line: place.line, column: place.column)
  }
}
