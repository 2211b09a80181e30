import Syntax
import Vocabulary

/// An alert on targets that come and go: when the Slurm job ends and discovery forgets the target, its series end, and `up == 0`
/// is not met by what is not there.
///
/// Source: prometheus/discovery; facts on Slurm's jobs as targets of file or HTTP discovery.
enum AlertVanishes: ConfigCheck {
  static let rule = "alert-vanishes-with-target"
  static let title = "Alerts notice when their targets are gone"
  static let why = """
    Targets of a Slurm job come and go with discovery. When the last one goes its series end, and up == 0 is not met by what is not there: nobody is told.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    var seen: Set<String> = []
    return file.rules.filter(\.isAlert).flatMap { rule in
      rule.queries.compactMap { query in
        guard let expression = query.expression, let job = unguarded(expression, tree),
          seen.insert(job.name).inserted
        else { return nil }
        var finding = file.finding(
          self.rule, .hygiene, .alert, at: (query.pointer, query.value),
          "the alert vanishes with its targets: they are discovered, and no alert notices that there are none",
          remedy: "add an alert on absent(up{job=…}), or on fewer targets than there must be",
          after: [
            FlowStep(["job ", .name(job.name), ", whose targets are discovered"], path: job.path, line: job.line)
          ], arrival: ["alert ", .name(rule.name)])
        if !rule.isManaged, !file.isJSON { finding.paste = noticing(job) }
        return finding
      }
    }
  }

  /// A job with discovered targets that the expression reads, and of which no alert notices that they are gone.
  private static func unguarded(_ expression: PromQLExpression, _ tree: CheckedTree) -> ScrapeConfiguration? {
    for selector in expression.labels().selectors {
      for job in tree.jobs(of: selector.selector)
      where job.isDynamic && !tree.guards.contains(where: { $0.covers(job) }) {
        return job
      }
    }
    return nil
  }

  /// A rule that fires when a job has no targets.
  private static func noticing(_ job: ScrapeConfiguration) -> [PasteLine] {
    var up = PromQLSelector(name: "up")
    up.matchers = [LabelMatcher(name: "job", op: .equal, value: job.name)]
    let absent = PromQLExpression(.call(PromQLCall("absent", [PromQLExpression(.selector(up))])))
    return [
      "- alert: TargetsGone", PasteLine(key: "  expr", code: absent.description), "  for: 5m",
      "  labels: {severity: critical}",
      "  annotations: {action: Start what the job scrapes or mend its discovery.}",
    ]
  }

  private static func prometheus(_ discovery: String) -> ConfigFile {
    ConfigFile(
      path: "prometheus.yml", role: .prometheusConfig,
      bytes: Array("scrape_configs: [{job_name: vllm, \(discovery)}]\n".utf8))
  }

  private static func guarded(_ expression: String) -> CheckExample {
    CheckExample(.rules, rules(expression), beside: [discovered])
  }

  private static func rules(_ expression: String, _ mark: String = "") -> String {
    """
    groups:
      - name: g
        rules:
          - {alert: Queue, expr: \(mark)vllm:num_requests_waiting > 10}
          - {alert: Gone, expr: '\(expression)'}

    """
  }

  private static let discovered = prometheus("file_sd_configs: [{files: [vllm.json]}]")

  static let examples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - {alert: Down, expr: ↓'up{job="vllm"} == 0', for: 2m}
            - {alert: Queue, expr: vllm:num_requests_waiting > 10}
      """, beside: [discovered]),
    CheckExample(
      .rules,
      "groups: [{name: g, rules: [{alert: A, expr: ↓'up{job=\"vllm\", instance=\"a\"} == 0 or absent(up{job=\"x\"})'}]}]\n",
      beside: [discovered]),
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - {alert: Seldom, expr: ↓'avg_over_time(up{job="vllm"}[5m]) < 1'}
            - {record: gone, expr: 'absent(up{job="vllm"})'}
      """, beside: [discovered]),
    CheckExample(
      .rules,
      "groups: [{name: g, rules: [{alert: Q, expr: ↓'vllm:num_requests_waiting > 10'}, {alert: A, expr: 'absent(up{job=\"x\"})'}]}]\n",
      beside: [discovered]),
    // None of these notices it.
    CheckExample(.rules, rules("(sum(up{job=\"vllm\"}) or vector(1)) < 1", "↓"), beside: [discovered]),
    CheckExample(.rules, rules("(sum(up{job=\"x\"}) or vector(0)) < 1", "↓"), beside: [discovered]),
    CheckExample(.rules, rules("vllm:num_requests_running unless up{job=\"vllm\"}", "↓"), beside: [discovered]),
    // Discovery gives its series another job than its name.
    CheckExample(
      .rules, "groups: [{name: g, rules: [{alert: Down, expr: ↓'up{job=~\"vllm.*\"} == 0'}]}]\n",
      beside: [
        ConfigFile(
          path: "prometheus.yml", role: .prometheusConfig,
          bytes: Array(
            """
            scrape_configs:
              - job_name: pods
                kubernetes_sd_configs: [{role: pod}]
                relabel_configs: [{source_labels: [__meta_kubernetes_pod_label_app], target_label: job}]
            """.utf8))
      ]),
  ]

  static let counterExamples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - {alert: Down, expr: 'up{job="vllm"} == 0', for: 2m}
            - {alert: Gone, expr: 'absent(up{job="vllm"})', for: 5m}
      """, beside: [discovered]),
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - {alert: Down, expr: 'up{job="vllm"} == 0', for: 2m}
            - {alert: Few, expr: 'count(up{job="vllm"} == 1) < 4 or absent(up{job="vllm"})'}
      """, beside: [discovered]),
    guarded("(sum(up{job=\"vllm\"}) or vector(0)) < 1"),
    guarded("sum(up{job=\"vllm\"} or vector(0)) == 0"),
    guarded("vector(1) unless on () (up{job=\"vllm\"} == 1)"),
    guarded("up{job=\"vllm\"} offset 1h unless up{job=\"vllm\"}"),
    CheckExample(
      .rules, "groups: [{name: g, rules: [{alert: Down, expr: 'up{job=\"vllm\"} == 0'}]}]\n",
      beside: [prometheus("static_configs: [{targets: ['a:8000']}]")]),
    CheckExample(.rules, "groups: [{name: g, rules: [{alert: Down, expr: 'up{job=\"vllm\"} == 0'}]}]\n"),
    CheckExample(
      .rules, "groups: [{name: g, rules: [{alert: Down, expr: 'up{job=\"litellm\"} == 0'}]}]\n", beside: [discovered]),
  ]
}
