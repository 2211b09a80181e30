import Syntax
import Vocabulary

/// A rule of Loki's ruler makes a label of what stands in log lines: it goes into an alert and to its receivers, or into Prometheus,
/// where alerts that read the recorded series carry it on.
///
/// Source: the shapes that were seen on real Loki (grafana/loki issues 5844, 19585, 7823, 3925).
enum LogLineInLabel: ConfigCheck {
  static let rule = "log-line-in-label"
  static let title = "Rules of Loki make no label of what stands in lines"
  static let why = """
    A label that is cut out of log lines goes into the alert and to its receivers, or, from a recording rule, into Prometheus.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.rules.flatMap { rule -> [ConfigFinding] in
      let alert = AlertFlow(rule, in: file, of: tree)
      return rule.queries.compactMap { query -> ConfigFinding? in
        guard let trace = trace(query, rule, tree) else { return nil }
        var finding = file.finding(
          self.rule, .exposure, .alert, at: (query.pointer, query.value),
          "a label of the result holds text of log lines",
          remedy: "aggregate by stream labels only, as in sum by (job, node) (count_over_time(…))",
          after: trace.steps, arrival: [rule.isAlert ? "alert " : "recording rule ", .name(rule.name)])
        if rule.isAlert { finding.flow += alert.receivers(of: trace.arrival) }
        finding.paste = alert.closedExpression(except: [trace.arrival]) ?? []
        return finding
      }
    }
  }

  /// A way of text of lines into a label of a query's result. What a rule of Prometheus records of such a series is told at the
  /// rule that made it, and again at the alerts that carry it.
  private static func trace(_ query: Query, _ rule: Rule, _ tree: CheckedTree) -> Trace? {
    switch query.parsed {
    case .logQL(let expression):
      let labels = expression.labels()
      return labels.returnsLines ? nil : LineFlow.traces(toAnyOf: labels, except: rule.setLabels).first
    case .promQL(let expression):
      guard rule.isAlert else { return nil }
      return tree.series.traces(toAnyOf: expression.labels(), except: rule.setLabels).first { $0.nature == .line }
    case .unreadable: return nil
    }
  }

  static let examples = [
    CheckExample(
      .rules, "groups: [{name: g, rules: [{alert: A, expr: ↓'sum by (msg, job) (log:errors:rate5m) > 1'}]}]\n",
      beside: [
        ConfigFile(
          path: "loki/rules.yml", role: .rules,
          bytes: Array(
            """
            groups:
              - name: g
                rules: [{record: 'log:errors:rate5m', expr: 'sum by (job, msg) (rate({job="x"} | logfmt [5m]))'}]
            """.utf8))
      ]),
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: Regexp
              expr: ↓'sum by (logmsg) (count_over_time({job="x"} |= "error" | regexp `(?P<logmsg>.+)` [1m])) > 0'
            - alert: Pattern
              expr: ↓'count_over_time({job="x"} | pattern `<_> prompt: <prompt>,` [5m]) > 0'
            - alert: Format
              expr: ↓'sum by (job, x) (count_over_time({job="x"} | label_format x=`{{ __line__ }}` [5m])) > 0'
            - alert: Json
              expr: ↓'sum by (message) (rate({job="x"} | json [5m])) > 1'
            - alert: Whatever
              expr: ↓'rate({job="x"} | logfmt [5m]) > 1'
            - record: log:texts
              expr: ↓'sum by (msg) (rate({job="x"} | json msg="message" [5m]))'
      """),
  ]

  static let counterExamples = [
    CheckExample(
      .rules, "groups: [{name: g, rules: [{alert: A, expr: 'sum by (job) (log:errors:rate5m) > 1'}]}]\n",
      beside: [
        ConfigFile(
          path: "loki/rules.yml", role: .rules,
          bytes: Array(
            """
            groups:
              - name: g
                rules: [{record: 'log:errors:rate5m', expr: 'sum by (job, msg) (rate({job="x"} | logfmt [5m]))'}]
            """.utf8))
      ]),
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: Streams
              expr: 'sum by (job) (count_over_time({job="x"} |= "error" | json [5m])) > 10'
            - alert: Level
              expr: 'sum by (job, level) (count_over_time({job="x"} | logfmt | level="error" [5m])) > 10'
            - alert: All
              expr: 'sum(rate({job="x"} | regexp `(?P<text>.+)` [5m])) > 1'
            - alert: Overwritten
              expr: 'sum by (msg) (count_over_time({job="x"} | json msg="message" [5m])) > 10'
              labels: {msg: too many}
            - alert: No metric
              expr: '{job="x"} | json'
            - alert: Metric
              expr: vllm:num_requests_waiting > 10
      """),
  ]
}
