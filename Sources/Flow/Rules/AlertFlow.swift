import Syntax

/// What an alerting rule lets through: from the series that its expressions read to whoever is told.
struct AlertFlow {
  let rule: Rule
  let file: CheckedFile
  let tree: CheckedTree
  /// What its expressions say of labels; Grafana's alerts have several.
  private let labels: [PromQLLabels]
  /// Whether an expression could not be read, so that it may carry any label.
  let isUnknown: Bool
  /// Labels that the rule itself sets, in place of those of the series.
  let setLabels: Set<String>

  init(_ rule: Rule, in file: CheckedFile, of tree: CheckedTree) {
    self.rule = rule
    self.file = file
    self.tree = tree
    var labels: [PromQLLabels] = []
    var isUnknown = false
    for query in rule.queries {
      switch query.parsed {
      case .promQL(let expression): labels.append(expression.labels())
      case .logQL, .unreadable: isUnknown = true
      }
    }
    self.labels = labels
    self.isUnknown = isUnknown
    setLabels = Set((rule.value["labels"]?.mapping ?? []).compactMap(\.key.string))
  }

  /// Ways of clients' words into one of its labels.
  func traces(to label: String) -> [Trace] {
    guard !setLabels.contains(label) else { return [] }
    return labels.flatMap { tree.series.traces(to: label, of: $0) }
  }

  /// Ways of clients' words into any of its labels.
  func tracesToAny() -> [Trace] { labels.flatMap { tree.series.traces(toAnyOf: $0, except: setLabels) } }

  /// Whether every label that it can carry is known by name.
  var isEnumerated: Bool {
    !isUnknown
      && labels.allSatisfy { labels in
        labels.everyOrigin().allSatisfy {
          switch $0.source {
          case .everyLabel, .unknown: false
          case .label, .literal, .number: true
          }
        }
      }
  }

  var step: FlowStep {
    let value = rule.value["expr"] ?? rule.value
    return FlowStep(
      ["alert ", .name(rule.name), ", whose expression lets it through"], path: file.path, line: value.line,
      column: value.column)
  }

  /// The receivers that a label of the alert reaches, as steps; one for each configuration that knows none.
  func receivers(of label: String) -> [FlowStep] {
    let relabelled = tree.prometheus.isEmpty || tree.prometheus.contains { passes(label, $0) }
    guard relabelled else { return [] }
    var known: [String: String?] = [label: nil, "alertname": rule.name]
    for entry in rule.value["labels"]?.mapping ?? [] {
      guard let name = entry.key.string, let text = entry.value.string else { continue }
      known[name] = .some(text.contains("{{") ? nil : text)
    }
    return tree.routes.flatMap { routes in
      routes.receivers(of: known, isComplete: false).map { receiver in
        let kinds = Set(receiver.integrations.map(\.kind)).sorted().joined(separator: ", ")
        return FlowStep(
          ["receiver ", .name(receiver.name), .words(kinds.isEmpty ? "" : " (\(kinds))")], path: receiver.place.path,
          line: receiver.place.line, column: receiver.place.column)
      }
    }
  }

  /// Whether any system takes alerts of this tree with that label.
  func isSent(_ label: String) -> Bool { tree.prometheus.isEmpty || tree.prometheus.contains { passes(label, $0) } }

  private func passes(_ label: String, _ configuration: PrometheusConfiguration) -> Bool {
    guard let rules = configuration.alertRelabelling else { return true }
    return RelabellingProbe(rules).destination(of: label, beside: ["alertname": rule.name]) != nil
  }
}
