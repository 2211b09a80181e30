import Syntax

/// What an alerting rule lets through: from the series that its expressions read to whoever is told.
struct AlertFlow {
  let rule: Rule
  let file: CheckedFile
  let tree: CheckedTree
  /// What its expressions say of labels; Grafana's alerts have several.
  let carrying: [CarryingAlert]
  /// Those of its expressions that are LogQL.
  private let logs: [LogQLLabels]
  /// Whether an expression could not be read, so that it may carry any label.
  let isUnknown: Bool
  /// Labels that the rule itself sets, in place of those of the series.
  private var setLabels: Set<String>

  init(_ rule: Rule, in file: CheckedFile, of tree: CheckedTree) {
    self.init(rule, queries: rule.carriedQueries, setLabels: rule.setLabels, in: file, of: tree)
  }

  private init(_ rule: Rule, queries: [Query], setLabels: Set<String>, in file: CheckedFile, of tree: CheckedTree) {
    self.rule = rule
    self.file = file
    self.tree = tree
    self.setLabels = setLabels
    carrying = CarryingAlert.all(in: rule, queries, path: file.path)
    logs = queries.compactMap { if case .logQL(let expression) = $0.parsed { expression.labels() } else { nil } }
    isUnknown = carrying.count + logs.count < queries.count
  }

  /// The same, as its texts see it: `$labels` are those of the expression's result, whatever labels the rule sets.
  ///
  /// Source: prometheus/rules/alerting.go (`AlertingRule.Eval`).
  var ofTexts: AlertFlow {
    var texts = self
    texts.setLabels = []
    return texts
  }

  /// The same, as Grafana's texts see its values: `$values.B.Labels`, and all of them in `$value`, are labels of any query of the rule,
  /// whether its alert carries them or not.
  ///
  /// Source: grafana/grafana pkg/services/ngalert/eval/extract_md.go (`extractEvalString`, `extractValues`).
  var ofValues: AlertFlow { AlertFlow(rule, queries: rule.queries, setLabels: [], in: file, of: tree) }

  /// Ways of clients' words into one of its labels.
  func traces(to label: String) -> [Trace] {
    guard !setLabels.contains(label) else { return [] }
    return carrying.flatMap { tree.series.traces(to: label, of: $0.labels) }
      + logs.flatMap { LineFlow.traces(to: label, of: $0) }
  }

  /// Ways of clients' words into any of its labels.
  func tracesToAny() -> [Trace] {
    carrying.flatMap { tree.series.traces(toAnyOf: $0.labels, except: setLabels) }
      + logs.flatMap { LineFlow.traces(toAnyOf: $0, except: setLabels) }
  }

  /// Whether every label that it can carry is known by name.
  var isEnumerated: Bool {
    !isUnknown && carrying.allSatisfy(\.labels.isEnumerated) && logs.allSatisfy(\.isEnumerated)
  }

  var step: FlowStep { carrying.first?.step ?? FlowStep(["alert ", .name(rule.name)], path: file.path) }

  /// The receivers that a label of the alert reaches, as steps; none where it is dropped on the way.
  func receivers(of label: String) -> [FlowStep] { isSent(label) ? receivers() : [] }

  /// The receivers that the alert and its texts may reach, as steps.
  func receivers() -> [FlowStep] {
    var known: [String: String?] = ["alertname": rule.name]
    for (name, text) in rule.labels { known[name] = .some(text.contains("{{") ? nil : text) }
    let routes = tree.routes.filter { $0.isGrafanas == (file.role == .grafanaProvisioning) }
    // Grafana's policies and contact points may stand in files of their own.
    let receivers = routes.flatMap(\.receivers)
    return routes.flatMap { $0.receivers(of: known) }.compactMap { name in
      guard let receiver = receivers.first(where: { $0.name == name }) else { return nil }
      let kinds = Set(receiver.integrations.map(\.knownKind)).sorted().joined(separator: ", ")
      let isOutside = receiver.integrations.contains { $0.outside(tree.facts.site) != nil }
      return FlowStep(
        [
          "receiver ", .name(receiver.name), .words(kinds.isEmpty ? "" : " (\(kinds))"),
          .words(isOutside ? ", outside the site" : ""),
        ], path: receiver.place.path, line: receiver.place.line, column: receiver.place.column)
    }
  }

  /// Whether any system takes alerts of this tree with that label.
  func isSent(_ label: String) -> Bool { tree.prometheus.isEmpty || tree.prometheus.contains { passes(label, $0) } }

  private func passes(_ label: String, _ configuration: PrometheusConfiguration) -> Bool {
    var constants = rule.labels.filter { !$0.value.contains("{{") }
    constants["alertname"] = rule.name
    constants[label] = nil
    return configuration.alertRelabelling.contains { stages in
      stages.reduce([label]) { labels, rules in
        labels.flatMap { RelabellingProbe(rules).destinations(of: $0, beside: constants) }
      }.isEmpty == false
    }
  }
}

extension PromQLLabels {
  /// Whether every label that the result can carry is known by name.
  var isEnumerated: Bool {
    everyOrigin().allSatisfy {
      switch $0.source {
      case .everyLabel, .unknown: false
      case .label, .literal, .number: true
      }
    }
  }
}

extension LogQLLabels {
  /// Whether every label that the result can carry is known by name.
  fileprivate var isEnumerated: Bool {
    everyOrigin().allSatisfy {
      switch $0.source {
      case .everyLabel, .everyField, .unknown: false
      case .label, .line, .field, .literal, .error, .number: true
      }
    }
  }
}
