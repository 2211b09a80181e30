import Syntax
import Vocabulary

/// An alert's text prints a label whose value a client chooses, or all labels, or what `query` finds: whatever is in there
/// goes to everyone who is notified.
enum ClientLabelInAnnotation: ConfigCheck {
  static let rule = "client-label-in-annotation"

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    switch file.role {
    case .template: return inTemplate(file, of: tree)
    case .alertmanagerConfig:
      return scalars(of: file).flatMap { findings(at: $0, in: file, alert: nil, of: tree) }
    default:
      return Rule.all(in: file).filter(\.isAlert).flatMap { rule in
        let alert = AlertFlow(rule, in: file, of: tree)
        return rule.templates.flatMap { findings(at: $0, in: file, alert: alert, of: tree) }
      }
    }
  }

  private struct Problem: Hashable {
    var severity: Severity
    var message: String
    var remedy: String
    /// The way to the text; the shortest where there are several.
    var flow: [FlowStep] = []
    /// The label at the end of that way.
    var label: String?
  }

  /// What is wrong with something that a text of an alert prints.
  private static func problem(_ use: TemplateActions.Use, of alert: AlertFlow) -> Problem? {
    switch use {
    case .label(let label):
      if let trace = alert.traces(to: label).first {
        return Problem(
          severity: trace.nature == .client ? .exposure : .hygiene,
          message: trace.nature == .client
            ? "prints a label whose value a client chooses" : "prints a label that no contract states",
          remedy: "print closed labels only, such as instance, gpu and job, and aggregate the query by them",
          flow: trace.steps, label: label)
      }
      guard alert.isUnknown else { return nil }
      let isCaptured = alert.rule.queries.contains {
        LogQL.hasPipeline($0.text) && $0.text.contains("(?P<\(label)>")
      }
      return isCaptured
        ? Problem(
          severity: .exposure, message: "prints a label that the query cuts out of log lines",
          remedy: "aggregate by stream labels only") : inTemplate(use, of: alert.tree)
    case .allLabels:
      let trace = alert.tracesToAny().first { $0.nature == .client }
      guard trace != nil || !alert.isEnumerated else { return nil }
      return Problem(
        severity: trace == nil ? .hygiene : .exposure,
        message: trace == nil
          ? "prints all labels, whatever they are" : "prints all labels, one of which a client chooses",
        remedy: "name the labels to print, such as instance, gpu and job", flow: trace?.steps ?? [],
        label: trace?.label)
    case .query(let text):
      guard let text, let expression = try? PromQLExpression.parse(text) else {
        return Problem(
          severity: .exposure, message: "runs a query of its own, whose series may have any label",
          remedy: "put what it needs into the alert's expression")
      }
      let trace = alert.tree.series.traces(toAnyOf: expression.labels()).first { $0.nature == .client }
      return Problem(
        severity: trace == nil ? .hygiene : .exposure,
        message: trace == nil
          ? "runs a query of its own, whose series may have any label"
          : "runs a query of its own, whose series have a label that a client chooses",
        remedy: "put what it needs into the alert's expression", flow: trace?.steps ?? [])
    }
  }

  /// What is wrong with something that a template for many alerts prints: printing all labels is its purpose.
  private static func inTemplate(_ use: TemplateActions.Use, of tree: CheckedTree) -> Problem? {
    guard case .label(let label) = use, tree.facts.labels.isDistinctlyClients(label) else { return nil }
    return Problem(
      severity: .exposure, message: "prints a label whose value a client chooses",
      remedy: "print closed labels only, such as instance, gpu and job, and aggregate the query by them")
  }

  private static func inTemplate(_ file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    guard let text = String(validating: file.bytes, as: UTF8.self) else { return [] }
    return TemplateActions.uses(in: text).compactMap { use, offset in
      guard let problem = inTemplate(use, of: tree) else { return nil }
      var counter = PositionCounter()
      file.bytes.withUnsafeBytes { counter.move(to: offset, in: $0) }
      return ConfigFinding(
        rule: rule, severity: problem.severity, surface: .alert, message: problem.message, remedy: problem.remedy,
        path: file.path, line: counter.line, column: counter.column)
    }
  }

  /// One finding for each kind of problem of a text.
  private static func findings(
    at place: (pointer: String, value: PositionedValue), in file: CheckedFile, alert: AlertFlow?, of tree: CheckedTree
  ) -> [ConfigFinding] {
    var seen: Set<String> = []
    return TemplateActions.uses(in: place.value.string ?? "").compactMap { use, _ in
      guard let problem = alert.map({ problem(use, of: $0) }) ?? inTemplate(use, of: tree),
        seen.insert(problem.message).inserted
      else { return nil }
      var finding = file.finding(
        self.rule, problem.severity, .alert, at: place, problem.message, remedy: problem.remedy)
      guard let alert, !problem.flow.isEmpty else { return finding }
      let key = JSONPointer.unescaped(place.pointer.split(separator: "/").last ?? "")
      finding.flow =
        problem.flow + [
          alert.step,
          FlowStep(
            ["text of the alert ", .name(key)], path: file.path, line: place.value.line, column: place.value.column),
        ] + (problem.label.map(alert.receivers) ?? [])
      return finding
    }
  }

  private static func scalars(of file: CheckedFile) -> [(pointer: String, value: PositionedValue)] {
    var found: [(String, PositionedValue)] = []
    for document in file.documents {
      document.walk { pointer, value, isKey in
        if !isKey, value.string?.contains("{{") == true { found.append((pointer, value)) }
      }
    }
    return found
  }

  static let examples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: Leaky
              expr: litellm_llm_api_failed_requests_metric_total > 0
              labels:
                tpl: ↓"{{ $labels.model }}"
              annotations:
                summary: ↓"agent {{ .Labels.user_agent }}"
                all: ↓"{{ $labels }}"
                each: ↓"{{ range $k, $v := $labels }}{{ $v }}{{ end }}"
                indexed: ↓'{{ index $labels "end_user" }}'
                other: ↓'{{ range query "litellm_proxy_total_requests_metric_total" }}{{ .Value }}{{ end }}'
                first: ↓'{{ with $x }}{{ . | first | label "metadata_x" }}{{ end }}'
            - alert: Lines
              expr: 'sum by (logmsg) (count_over_time({job="x"} | regexp `(?P<logmsg>.+)` [10m])) > 0'
              annotations:
                summary: ↓"{{ $labels.logmsg }}"
      """),
    CheckExample(
      .template, "{{ define \"x\" }}\n  {{ range .Alerts }}↓{{ .Labels.requested_model }}{{ end }}\n{{ end }}\n"),
    CheckExample(
      .alertmanagerConfig, "receivers: [{name: a, slack_configs: [{text: ↓'{{ .CommonLabels.user_email }}'}]}]\n"),
  ]

  static let counterExamples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: Fine
              expr: sum by (job) (rate(litellm_proxy_failed_requests_metric_total[5m])) > 1
              annotations:
                summary: 'on {{ $labels.instance }} {{ $labels.job }}: {{ $value | humanize }} {{ $externalLabels.site }}'
                text: 'the user_agent is not printed, nor are $labels'
            - alert: Disk
              expr: node_disk_info > 0
              annotations:
                summary: 'disk {{ $labels.model }}'
      """),
    CheckExample(.template, "{{ range .Labels.SortedPairs }}{{ .Name }}{{ end }}\n"),
  ]
}
