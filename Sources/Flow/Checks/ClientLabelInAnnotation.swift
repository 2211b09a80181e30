import Syntax
import Vocabulary

/// An alert's text prints a label whose value a client chooses, or all labels, or what `query` finds: whatever is in there
/// goes to everyone who is notified.
enum ClientLabelInAnnotation: ConfigCheck {
  static let rule = "client-label-in-annotation"

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    switch file.role {
    case .template: return inTemplate(file)
    case .alertmanagerConfig:
      return scalars(of: file).flatMap { findings(at: $0, of: nil, in: file) }
    default:
      return Rule.all(in: file).filter(\.isAlert).flatMap { rule in
        rule.templates.flatMap { findings(at: $0, of: rule, in: file) }
      }
    }
  }

  private struct Problem: Hashable {
    var severity: Severity
    var message: String
    var remedy: String
  }

  /// - Parameter rule: nil for a template that serves many alerts: printing all labels is its purpose.
  private static func problem(_ use: TemplateActions.Use, in rule: Rule?) -> Problem? {
    let queries = rule?.queries ?? []
    let names = queries.flatMap { PromQLNames.metricNames(in: $0.text) }
    switch use {
    case .label(let label):
      if ClientLabels.contains(label, readingLiteLLM: names.contains { $0.hasPrefix("litellm_") }) {
        return Problem(
          severity: .exposure, message: "prints a label whose value a client chooses",
          remedy: "print closed labels only, such as instance, gpu and job, and aggregate the query by them")
      }
      let isCaptured = queries.contains { LogQL.hasPipeline($0.text) && $0.text.contains("(?P<\(label)>") }
      return isCaptured
        ? Problem(
          severity: .exposure, message: "prints a label that the query cuts out of log lines",
          remedy: "aggregate by stream labels only") : nil
    case .allLabels:
      guard rule != nil else { return nil }
      return Problem(
        severity: queries.contains { LabelFlow.carriesClientLabels($0.text) } ? .exposure : .hygiene,
        message: "prints all labels, whatever they are",
        remedy: "name the labels to print, such as instance, gpu and job")
    case .query(let expression):
      return Problem(
        severity: expression.map(LabelFlow.carriesClientLabels) == false ? .hygiene : .exposure,
        message: "runs a query of its own, whose series may have any label",
        remedy: "put what it needs into the alert's expression")
    }
  }

  private static func inTemplate(_ file: CheckedFile) -> [ConfigFinding] {
    guard let text = String(validating: file.bytes, as: UTF8.self) else { return [] }
    return TemplateActions.uses(in: text).compactMap { use, offset in
      guard let problem = problem(use, in: nil) else { return nil }
      let before = file.bytes[..<offset]
      let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      return ConfigFinding(
        rule: rule, severity: problem.severity, surface: .alert, message: problem.message, remedy: problem.remedy,
        path: file.path, line: before.count { $0 == UInt8(ascii: "\n") } + 1,
        column: String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1)
    }
  }

  /// One finding for each kind of problem of a text.
  private static func findings(
    at place: (pointer: String, value: PositionedValue), of rule: Rule?, in file: CheckedFile
  ) -> [ConfigFinding] {
    var seen: Set<Problem> = []
    return TemplateActions.uses(in: place.value.string ?? "").compactMap { use, _ in
      guard let problem = problem(use, in: rule), seen.insert(problem).inserted else { return nil }
      return file.finding(
        self.rule, problem.severity, .alert, at: place, problem.message, remedy: problem.remedy)
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
