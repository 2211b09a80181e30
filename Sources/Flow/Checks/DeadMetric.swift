import Syntax
import Vocabulary

/// A query reads a metric that its exporter does not export as configured: the alert can never fire, the panel stays empty.
enum DeadMetric: ConfigCheck {
  static let rule = "dead-metric"
  static let title = "Queries read metrics that exist"
  static let why = """
    An alert on a metric that no program exports can never fire, and a panel on it stays empty; nothing else says so.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.dashboards.flatMap(\.queries).compactMap(\.expression).flatMap { expression in
      let found = dead(in: expression.text ?? "", of: tree)
      let isWhole = expression.pointer.hasSuffix("/expr")
      let living = isWhole ? living(expression.text ?? "", found, .grafana, tree) : nil
      return unique(found).map { dead in
        var finding = panel(dead, expression, in: file)
        finding.paste = living.map { [PasteLine(member: expression.key, code: $0)] } ?? []
        return finding
      }
    }
      + file.rules.flatMap { rule in
        rule.queries.flatMap { query -> [ConfigFinding] in
          let found = dead(in: query.text, of: tree)
          let living = living(query.text, found, query.dialect, tree)
          return unique(found).map { dead in
            var finding = alert(dead, query, rule, in: file)
            finding.paste = living.map { [file.entry("expr", code: $0)] } ?? []
            return finding
          }
        }
      }
  }

  /// The query with what is exported in place of what is not; nil where that is not known of everything.
  private static func living(
    _ query: String, _ found: [MetricCatalogue.Dead], _ dialect: PromQLDialect, _ tree: CheckedTree
  ) -> String? {
    guard !found.isEmpty, found.allSatisfy({ !$0.successors.isEmpty }),
      var expression = try? PromQLExpression.parse(query, options: PromQLOptions(dialect: dialect))
    else { return nil }
    for dead in found { expression = expression.reading(dead.successors, where: dead.condition, inPlaceOf: dead.name) }
    guard dead(in: expression.printed(dialect: dialect), of: tree).isEmpty else { return nil }
    // What was empty let no client's label out.
    let open = tree.series.traces(toAnyOf: expression.labels()).filter(\.nature.isForeign).map(\.arrival)
    guard !open.isEmpty else { return expression.printed(dialect: dialect) }
    // What counts for the whole program is told apart by clients where it is exported: its rates add up.
    let summed = expression.summed(by: ["job"])
    let isWhole = found.allSatisfy { !$0.condition.isEmpty } && expression.labels().selectors.count == 1
    if isWhole, !expression.isAggregated, tree.series.traces(toAnyOf: summed.labels()).isEmpty {
      return summed.printed(dialect: dialect)
    }
    return ClosedQuery(tree: tree, open: Set(open), dialect: dialect).text(for: expression)
  }

  private static func dead(in query: String, of tree: CheckedTree) -> [MetricCatalogue.Dead] {
    PromQLReading(ofAnyText: query).metrics.filter { !tree.recorded.contains($0) }.compactMap {
      tree.facts.metrics.dead($0, dcgmFields: tree.dcgmFields, gateways: tree.gateways)
    }
  }

  /// One of those of which the same is to be said.
  private static func unique(_ dead: [MetricCatalogue.Dead]) -> [MetricCatalogue.Dead] {
    var seen: Set<String> = []
    return dead.filter { seen.insert($0.reason).inserted }
  }

  private static func alert(
    _ dead: MetricCatalogue.Dead, _ query: Query, _ rule: Rule, in file: CheckedFile
  ) -> ConfigFinding {
    file.finding(
      self.rule, dead.isCertain && rule.isAlert ? .exposure : .hygiene, .alert, at: (query.pointer, query.value),
      rule.isAlert ? "alert can never fire: it \(dead.reason)" : "recording rule yields nothing: it \(dead.reason)",
      remedy: dead.remedy)
  }

  private static func panel(_ dead: MetricCatalogue.Dead, _ query: PlacedValue, in file: CheckedFile) -> ConfigFinding {
    file.finding(
      rule, .hygiene, .config, at: (query.pointer, query.value), "panel stays empty: it \(dead.reason)",
      remedy: dead.remedy)
  }

  static let examples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: LiteLLMErrors
              expr: ↓rate(litellm_errors[5m]) > 0.05
            - alert: GPUMemory
              expr: ↓DCGM_FI_DEV_FB_USED / DCGM_FI_DEV_FB_TOTAL > 0.95
            - alert: Cache
              expr: ↓vllm:gpu_cache_usage_perc > 0.9 and vllm:gpu_cache_usage_perc < 1
            - record: tokens
              expr: ↓rate(vllm:time_per_output_token_seconds_sum[5m])
            - alert: Suffix
              expr: ↓rate(litellm_proxy_failed_requests_metric[5m]) > 1
      """),
    CheckExample(.dashboard, #"{"panels": [{"targets": [{"expr": ↓"sum(vllm:num_requests_swapped)"}]}]}"#),
    CheckExample(
      .rules,
      """
      groups: [{name: g, rules: [{alert: A, expr: ↓DCGM_FI_DEV_GPU_TEMP > 80}]}]
      """,
      beside: [
        ConfigFile(
          path: "counters.csv", role: .dcgmCounters,
          bytes: Array("DCGM_FI_DEV_FB_USED, gauge, Used.\nDCGM_FI_DEV_GPU_TEMP, label, No metric.\n".utf8))
      ]),
  ]

  static let counterExamples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - record: vllm:queue:sum
              expr: sum(vllm:num_requests_waiting)
            - alert: Queue
              expr: vllm:queue:sum > 10 and rate(vllm:request_success_total[5m]) > 0
            - alert: Text
              expr: up{job="litellm_errors"} == 0
            - alert: Tokens
              expr: rate(vllm:iteration_tokens_total_sum[5m]) > 0 or vllm:nixl_num_failed_transfers > 0
      """),
    CheckExample(
      .rules,
      """
      groups: [{name: g, rules: [{alert: A, expr: DCGM_FI_DEV_FB_USED / DCGM_FI_DEV_FB_TOTAL > 0.95}]}]
      """,
      beside: [
        ConfigFile(
          path: "counters.csv", role: .dcgmCounters,
          bytes: Array(
            "# all\nDCGM_FI_DEV_FB_USED, gauge, Used.\nDCGM_FI_DEV_FB_TOTAL, gauge, Total framebuffer (MiB).\n".utf8))
      ]),
  ]
}
