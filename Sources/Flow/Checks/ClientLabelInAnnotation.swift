import Syntax
import Templates
import Vocabulary

/// An alert's text prints a label whose value a client chooses, or all labels, or what `query` finds: whatever is in there
/// goes to everyone who is notified.
enum ClientLabelInAnnotation: ConfigCheck {
  static let rule = "client-label-in-annotation"
  static let title = "Texts of alerts print closed labels only"
  static let why = """
    Annotations, labels of alerts and notification templates are sent to everyone who is notified. A label whose value a client chooses, all labels, or what a query of its own finds, puts a client's words there.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    switch file.role {
    case .template: return inTemplate(file, of: tree)
    case .alertmanagerConfig:
      let texts = scalars(of: file.documents.map { PlacedValue($0) })
      return texts.flatMap { findings(at: $0, in: file, alert: nil, of: tree) }
    default:
      let notifications = scalars(of: file.documents.flatMap(AlertRoutes.texts))
      return notifications.flatMap { findings(at: $0, in: file, alert: nil, of: tree) }
        + file.rules.filter(\.isAlert).flatMap { rule in
          let alert = AlertFlow(rule, in: file, of: tree).ofTexts
          return rule.templates.flatMap { findings(at: $0, in: file, alert: alert, of: tree) }
        }
    }
  }

  private struct Problem {
    var severity: Severity
    var message: String
    var remedy: String
    /// The way to the text; the shortest where there are several.
    var flow: [FlowStep] = []
    /// The label of the alert at the end of that way.
    var label: String?
  }

  private static let clientLabel = "prints a label whose value a client chooses"
  private static let closedLabels =
    "print closed labels only, such as instance, gpu and job, and aggregate the query by them"

  /// What is wrong with something that a text of an alert prints.
  private static func problem(
    _ source: TemplateSource, _ queries: [TemplateFlow.Query], of alert: AlertFlow
  ) -> Problem? {
    switch source {
    case .entry(.labels, let label): return problem(label: label, of: alert)
    case .entry(.valueLabels, let label): return problem(label: label, of: alert.ofValues)
    case .entries(.labels), .names(.labels), .anything: return problem(allLabelsOf: alert)
    case .entries(.valueLabels), .names(.valueLabels): return problem(allLabelsOf: alert.ofValues)
    case .queryLabel(let index, let label): return problem(queries[index], label: label, queries, of: alert)
    case .queryLabels(let index): return problem(queries[index], label: nil, queries, of: alert)
    case .entry, .entries, .names, .value, .field, .line, .queryValue: return nil
    }
  }

  private static func problem(allLabelsOf alert: AlertFlow) -> Problem? {
    let trace = alert.tracesToAny().first { $0.nature != .unclaimed }
    guard trace != nil || !alert.isEnumerated else { return nil }
    let message =
      switch trace?.nature {
      case .client: "prints all labels, one of which a client chooses"
      case .line: "prints all labels, one of which the query cuts out of log lines"
      default: "prints all labels, whatever they are"
      }
    return Problem(
      severity: trace == nil ? .hygiene : .exposure, message: message,
      remedy: "name the labels to print, such as instance, gpu and job", flow: trace?.steps ?? [],
      label: trace?.arrival)
  }

  private static func problem(label: String, of alert: AlertFlow) -> Problem? {
    guard let trace = alert.traces(to: label).first else {
      return alert.isUnknown ? problem(inNotification: label, of: alert.tree) : nil
    }
    switch trace.nature {
    case .line:
      return Problem(
        severity: .exposure, message: "prints a label that the query cuts out of log lines",
        remedy: "aggregate by stream labels only", flow: trace.steps, label: label)
    case .unclaimed:
      return Problem(
        severity: .hygiene, message: "prints a label that no contract states", remedy: closedLabels,
        flow: trace.steps, label: label)
    case .client, .closed, .unknown:
      return Problem(
        severity: .exposure, message: clientLabel, remedy: closedLabels, flow: trace.steps, label: label)
    }
  }

  /// - Parameter label: the one that is printed of the query's result; nil for any.
  private static func problem(
    _ query: TemplateFlow.Query, label: String?, _ queries: [TemplateFlow.Query], of alert: AlertFlow
  ) -> Problem? {
    let remedy = "put what it needs into the alert's expression"
    let tree = alert.tree
    var expressions = (query.texts ?? []).map { try? PromQLExpression.parse($0) }
    // A client's words could end the literal in which they stand.
    if query.isFormatted, query.uses.allSatisfy({ isNoQuery($0) && problem($0, queries, of: alert) == nil }) {
      expressions = query.formats.map(PromQLExpression.init(format:))
    }
    guard !expressions.isEmpty, !expressions.contains(nil) else {
      return Problem(
        severity: .exposure, message: "runs a query of its own that nobody can read beforehand", remedy: remedy)
    }
    let labels = expressions.compactMap { $0?.labels() }
    let traces = labels.flatMap { labels in
      label.map { tree.series.traces(to: $0, of: labels) } ?? tree.series.traces(toAnyOf: labels)
    }
    if let trace = traces.first(where: \.nature.isForeign) {
      return Problem(
        severity: .exposure,
        message: "runs a query of its own, and prints a label of its series \(trace.nature.clause)",
        remedy: remedy, flow: trace.steps)
    }
    return label != nil || labels.allSatisfy(\.isEnumerated)
      ? nil
      : Problem(
        severity: .hygiene, message: "runs a query of its own, and prints all labels of its series", remedy: remedy)
  }

  /// Queries of which one goes into the other are not followed.
  private static func isNoQuery(_ source: TemplateSource) -> Bool {
    switch source {
    case .queryLabel, .queryLabels, .queryValue: false
    default: true
    }
  }

  /// What is wrong with a label that a template for many alerts prints.
  private static func problem(inNotification label: String, of tree: CheckedTree) -> Problem? {
    guard tree.labels.isDistinctlyClients(label) || tree.carried[label] != nil else { return nil }
    return Problem(
      severity: .exposure, message: clientLabel, remedy: closedLabels, flow: tree.carried[label] ?? [], label: label)
  }

  /// What is wrong with what a notification prints. That all labels are printed is what many are for.
  private static func problem(inNotification source: TemplateSource, of tree: CheckedTree) -> Problem? {
    guard case .entry(let map, let label) = source, [.labels, .groupLabels, .commonLabels, .routeLabels].contains(map)
    else { return nil }
    return problem(inNotification: label, of: tree)
  }

  private static func inTemplate(_ file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    guard let template = try? Template(file.bytes, dialect: .alertmanager, library: tree.library) else { return [] }
    let flows = [template.flow()] + template.source.definitions.keys.sorted().compactMap(template.flow(of:))
    var seen: Set<Int> = []
    return flows.flatMap(\.output).compactMap { reach in
      guard let problem = problem(inNotification: reach.source, of: tree), let place = reach.place, place.file == nil,
        seen.insert(place.offset).inserted
      else { return nil }
      var counter = PositionCounter()
      file.bytes.withUnsafeBytes { counter.move(to: place.offset, in: $0) }
      var finding = ConfigFinding(
        rule: rule, severity: problem.severity, surface: .alert, message: problem.message, remedy: problem.remedy,
        path: file.path, line: counter.line, column: counter.column)
      finding.flow = problem.flow
      return finding
    }
  }

  /// One finding for each kind of problem of a text.
  private static func findings(
    at place: (pointer: String, value: PositionedValue), in file: CheckedFile, alert: AlertFlow?, of tree: CheckedTree
  ) -> [ConfigFinding] {
    let isGrafanas = file.role == .grafanaProvisioning
    let dialect: TemplateDialect =
      alert == nil ? (isGrafanas ? .grafanaNotifications : .alertmanager) : (isGrafanas ? .grafanaRules : .prometheus)
    let library = dialect == .alertmanager ? tree.library : nil
    guard let template = try? Template(place.value.string ?? "", dialect: dialect, library: library) else { return [] }
    var flow = template.flow()
    if alert == nil {
      flow.output += template.source.definitions.keys.sorted().flatMap { template.flow(of: $0)?.output ?? [] }
    }
    var seen: Set<String> = []
    return flow.output.compactMap { reach in
      let found =
        alert.map { problem(reach.source, flow.queries, of: $0) } ?? problem(inNotification: reach.source, of: tree)
      guard let problem = found, seen.insert(problem.message).inserted else { return nil }
      var finding = file.finding(
        self.rule, problem.severity, .alert, at: place, problem.message, remedy: problem.remedy)
      guard let alert else {
        finding.flow = way(of: problem, through: reach, to: place, in: file, tree)
        return finding
      }
      finding.paste = alert.paste(inPlaceOf: reach.source)
      guard !problem.flow.isEmpty else { return finding }
      let key = JSONPointer.unescaped(place.pointer.split(separator: "/").last ?? "")
      let text = FlowStep(
        ["text of the alert ", .name(key)], path: file.path, line: place.value.line, column: place.value.column)
      // The text is made before the alert is relabelled.
      finding.flow = problem.flow + (problem.label == nil ? [] : [alert.step]) + [text] + alert.receivers()
      return finding
    }
  }

  /// The way of a label into a text for many alerts, through the file of the library that prints it; none where that would say nothing
  /// more.
  private static func way(
    of problem: Problem, through reach: TemplateFlow.Reach, to place: (pointer: String, value: PositionedValue),
    in file: CheckedFile, _ tree: CheckedTree
  ) -> [FlowStep] {
    var steps = problem.flow
    if let inner = reach.place, let number = inner.file, tree.libraryFiles.indices.contains(number) {
      let library = tree.libraryFiles[number]
      var counter = PositionCounter()
      library.bytes.withUnsafeBytes { counter.move(to: inner.offset, in: $0) }
      if steps.isEmpty, let label = problem.label {
        steps.append(FlowStep(["label ", .name(label), ", which a client chooses"]))
      }
      steps.append(
        FlowStep(["printed by a template"], path: library.path, line: counter.line, column: counter.column))
    }
    guard !steps.isEmpty else { return [] }
    return steps + [
      FlowStep(["text of a receiver"], path: file.path, line: place.value.line, column: place.value.column)
    ]
  }

  /// Texts with actions in some parts of a configuration.
  private static func scalars(of parts: [PlacedValue]) -> [(pointer: String, value: PositionedValue)] {
    var found: [(String, PositionedValue)] = []
    for part in parts {
      part.value.walk { pointer, value, isKey in
        guard !isKey, value.string?.contains("{{") == true else { return }
        found.append((part.pointer + pointer, value))
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
                other: ↓'{{ range query "litellm_proxy_total_requests_metric_total" }}{{ .Labels.user_agent }}{{ end }}'
                first: ↓'{{ with query "litellm_requests_metric_total" }}{{ . | first | label "metadata_x" }}{{ end }}'
                named: ↓'{{ with query (printf "%s{job=%q}" "up" $labels.job) }}{{ . | first | label "job" }}{{ end }}'
                chosen: ↓'{{ with query (printf `{__name__=%q}` $labels.job) }}{{ . | first | label "job" }}{{ end }}'
                broken: ↓'{{ range query "sum(" }}{{ .Labels.x }}{{ end }}'
                built: ↓'{{ with query (printf "up{job=%q}" $labels.job) }}{{ (first .).Labels }}{{ end }}'
                kept: ↓'{{ $x := $labels.end_user }}{{ if $x }}{{ $x | title }}{{ end }}'
            - alert: Lines
              expr: 'sum by (logmsg) (count_over_time({job="x"} | regexp `(?P<logmsg>.+)` [10m])) > 0'
              annotations:
                summary: ↓"{{ $labels.logmsg }}"
            - alert: Injected
              expr: litellm_llm_api_failed_requests_metric_total > 0
              annotations:
                summary: ↓'{{ with query (printf "up{job=%q}" $labels.model) }}{{ . | first | label "job" }}{{ end }}'
            # What a rule sets stands in the alert, not in what its texts print.
            - alert: Hidden
              expr: litellm_llm_api_failed_requests_metric_total > 0
              labels: {end_user: hidden, copy: ↓'{{ $labels.end_user }}'}
              annotations:
                summary: ↓"{{ $labels.end_user }}"
      """),
    CheckExample(
      .template, "{{ define \"x\" }}\n  {{ range .Alerts }}↓{{ .Labels.requested_model }}{{ end }}\n{{ end }}\n"),
    CheckExample(
      .grafanaProvisioning,
      """
      apiVersion: 1
      contactPoints: [{name: a, receivers: [{uid: u, type: slack, settings: {text: ↓'{{ .CommonLabels.user_agent }}'}}]}]
      templates: [{name: t, template: ↓'{{ define "t" }}{{ range .Alerts }}{{ .Labels.end_user }}{{ end }}{{ end }}'}]
      """),
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
                count: '{{ range query "litellm_proxy_total_requests_metric_total" }}{{ .Value }}{{ end }}'
                placed: '{{ with query (printf `up{job=%q, instance=~"%s.*"}` $labels.job $value) }}{{ . | first | label "job" }}{{ end }}'
                gone: '{{ $labels.user_agent }}'
                asked: '{{ if eq $labels.job "litellm" }}gateway{{ else }}other{{ end }}'
                known: '{{ $labels }}'
                unused: '{{ define "who" }}{{ .Labels.user_agent }}{{ end }}somebody'
            - alert: Disk
              expr: node_disk_info > 0
              annotations:
                summary: 'disk {{ $labels.model }}'
      """),
    CheckExample(.template, "{{ range .Labels.SortedPairs }}{{ .Name }}{{ end }}\n"),
    // The other file's finding stands there.
    CheckExample(
      .template, "{{ template \"other\" . }}\n",
      beside: [
        ConfigFile(
          path: "other.tmpl", role: .template,
          bytes: Array("{{ define \"other\" }}{{ .CommonLabels.user_agent }}{{ end }}".utf8))
      ]),
  ]
}

extension PromQLExpression {
  /// What a format of `printf` makes, where each of its arguments becomes a value of a matcher; nil for other formats.
  fileprivate init?(format: String) {
    let word = "word7f3a"
    var text = ""
    var count = 0
    var rest = format[...]
    while let sign = rest.firstIndex(of: "%") {
      text += rest[..<sign]
      let verb = rest[rest.index(after: sign)...].first
      switch verb {
      case "s", "v": text += word
      case "q": text += "\"\(word)\""
      default: return nil
      }
      count += 1
      rest = rest[sign...].dropFirst(2)
    }
    guard let expression = try? PromQLExpression.parse(text + rest) else { return nil }
    var values = 0
    expression.visit {
      guard case .selector(let selector) = $0.node else { return }
      values += selector.matchers.count { $0.name != "__name__" && $0.value.contains(word) }
    }
    guard values == count else { return nil }
    self = expression
  }
}
