/// A way by which words that a client chose reach something.
struct Trace: Sendable, Hashable {
  /// The label of the exported metric in which they begin.
  var label: String
  var metric: String
  var nature: ExportedLabels.Nature
  /// The label in which they arrive.
  var arrival: String
  /// From the source on, in the order in which text passes them.
  var steps: [FlowStep]

  /// The one to be told of several: of a label that is known to hold somebody's words, else the first.
  static func gravest(of traces: [Trace]) -> Trace? { traces.first(where: \.nature.isForeign) ?? traces.first }

  func arriving(in label: String) -> Trace {
    var trace = self
    trace.arrival = label
    return trace
  }

  func appending(_ step: FlowStep) -> Trace {
    var trace = self
    trace.steps.append(step)
    return trace
  }
}
