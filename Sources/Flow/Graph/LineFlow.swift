import Syntax

/// Follows the text of log lines into the labels of LogQL's results.
enum LineFlow {
  /// Fields that say how grave a line is, or what became of a request: operators count by them, and no text is looked for there.
  private static let operational: Set<String> = [
    "code", "detected_level", "level", "lvl", "severity", "status", "status_code",
  ]

  /// Ways of a line's text into one label.
  static func traces(to label: String, of labels: LogQLLabels) -> [Trace] {
    labels.origins(of: label).compactMap { trace(to: label, from: $0, labels) }
  }

  /// Ways of a line's text into any label; labels that a parser makes of whatever a line holds have no names.
  static func traces(toAnyOf labels: LogQLLabels, except names: Set<String> = []) -> [Trace] {
    let named = labels.names.filter { !names.contains($0) }.flatMap { traces(to: $0, of: labels) }
    let others = labels.everyOrigin(except: names).compactMap { origin -> Trace? in
      guard case .everyField = origin.source else { return nil }
      return trace(to: "", from: origin, labels)
    }
    return Array(Set(named + others)).sorted { ($0.label, $0.arrival) < ($1.label, $1.arrival) }
  }

  private static func trace(to label: String, from origin: LogQLLabels.Origin, _ labels: LogQLLabels) -> Trace? {
    let words: FlowStep.Word
    switch origin.source {
    case .line: words = "text of log lines"
    case .field(_, let parser, let name):
      guard !operational.contains(name) else { return nil }
      words = .words("text of log lines, cut out by \(parser.rawValue)")
    case .everyField(_, let parser, _): words = .words("whatever \(parser.rawValue) cuts out of log lines")
    case .label, .everyLabel, .literal, .error, .number, .unknown: return nil
    }
    var steps = [FlowStep([words])]
    if !label.isEmpty { steps.append(FlowStep(["label ", .name(label), " of the query's result"])) }
    return Trace(label: label, metric: "", nature: .line, arrival: label, steps: steps)
  }
}
