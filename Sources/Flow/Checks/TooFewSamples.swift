import Syntax
import Vocabulary

/// An alert that the scrape interval keeps from firing: its window holds fewer than two samples, or its series go stale between
/// two scrapes, so that `for` begins anew each time.
enum TooFewSamples: ConfigCheck {
  static let rule = "too-few-samples"
  static let title = "Windows hold enough samples"
  static let why = """
    A window that holds one scrape gives rate() nothing, and series that are scraped less often than every five minutes go stale, so that for begins anew each time.
    """
  /// How long Prometheus takes a sample for current (`--query.lookback-delta`), in milliseconds.
  private static let lookback: Int64 = 300_000

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.rules.flatMap { rule in
      rule.queries.compactMap { query in
        guard let expression = query.expression,
          let problem = problem(expression, of: rule, tree)
        else { return nil }
        var finding = file.finding(
          self.rule, .hygiene, .alert, at: (query.pointer, query.value), problem.message, remedy: problem.remedy)
        finding.paste =
          mended(expression, of: rule, tree).map {
            [file.entry("expr", code: $0.printed(dialect: query.dialect))]
          } ?? []
        return finding
      }
    }
  }

  private static func problem(
    _ expression: PromQLExpression, of rule: Rule, _ tree: CheckedTree
  ) -> (message: String, remedy: String)? {
    for window in expression.windows {
      guard let interval = tree.scrapeInterval(of: window.selector),
        case .milliseconds(let length)? = window.selector.range,
        length < 2 * interval, window.needsTwo
      else { continue }
      let remedy = "let the window hold four scrapes: at least \(PrometheusDuration.text(milliseconds: 4 * interval))"
      if length <= interval {
        let outcome = rule.isAlert ? "the alert can hardly fire" : "the recording rule yields next to nothing"
        return ("\(outcome): the window of \(window.function) holds one sample at most", remedy)
      }
      if rule.isHeld {
        return ("for can't be relied on: the window of \(window.function) often holds one sample", remedy)
      }
    }
    guard rule.isHeld else { return nil }
    for labels in expression.labels().selectors where labels.selector.range == nil {
      guard let interval = tree.scrapeInterval(of: labels.selector), interval > lookback else { continue }
      return (
        "for is never met: the series go stale between two scrapes, after five minutes",
        "scrape more often than every five minutes, or read last_over_time of a longer window"
      )
    }
    return nil
  }

  /// - Returns: nil where the windows are not all that is wrong.
  private static func mended(_ expression: PromQLExpression, of rule: Rule, _ tree: CheckedTree) -> PromQLExpression? {
    let windows = LongerWindows(interval: tree.scrapeInterval)
    var mended = windows.widened(expression)
    if rule.isHeld { mended = windows.held(mended, lookback: lookback) }
    return problem(mended, of: rule, tree) == nil ? mended : nil
  }

  private static let prometheus = ConfigFile(
    path: "prometheus.yml", role: .prometheusConfig,
    bytes: Array(
      """
      global: {scrape_interval: 30s}
      scrape_configs:
        - {job_name: vllm}
        - {job_name: dcgm-exporter, scrape_interval: 10m}
      """.utf8))

  static let examples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: Never
              expr: ↓rate(vllm:request_success_total[30s]) > 0
            - alert: Seldom
              expr: ↓sum(increase(vllm:request_success_total[45s])) == 0
              for: 5m
            - alert: Stale
              expr: ↓DCGM_FI_DEV_GPU_TEMP > 80
              for: 5m
            - record: vllm:requests:rate
              expr: ↓rate(vllm:request_success_total[30s])
      """, beside: [prometheus])
  ]

  static let counterExamples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: Often
              expr: rate(vllm:request_success_total[2m]) > 0
              for: 5m
            - alert: One
              expr: max_over_time(vllm:num_requests_waiting[30s]) > 10
              for: 5m
            - alert: Soon
              expr: rate(vllm:request_success_total[45s]) > 0
            - alert: Hot
              expr: DCGM_FI_DEV_GPU_TEMP > 80
            - alert: Longer
              expr: last_over_time(DCGM_FI_DEV_GPU_TEMP[30m]) > 80
              for: 5m
      """, beside: [prometheus]),
    CheckExample(
      .rules, "groups: [{name: g, rules: [{alert: A, expr: 'rate(vllm:request_success_total[5s]) > 0'}]}]\n"),
  ]
}
