import Syntax
import Testing

@testable import Flow

/// How labels come from what programs export into the series that expressions read.
@Suite struct SeriesFlowTests {
  private static func flow(_ prometheus: String = "", rules: String = "") -> SeriesFlow {
    var builder = CheckedTree.Builder(facts)
    for file in configFiles(["prometheus.yml": prometheus, "rules.yml": rules]).files { builder.add(file) }
    return builder.tree().series
  }

  /// The labels that arrive, each with whose words it holds.
  private static func arrivals(_ expression: String, in flow: SeriesFlow) throws -> [String] {
    flow.traces(toAnyOf: try PromQLExpression.parse(expression).labels()).map { "\($0.arrival) \($0.nature)" }
  }

  private static func reaches(_ label: String, _ expression: String, in flow: SeriesFlow) throws -> Bool {
    !flow.traces(to: label, of: try PromQLExpression.parse(expression).labels()).isEmpty
  }

  @Test func aJobsRelabellingIsThatOfItsSeriesAlone() throws {
    let flow = Self.flow(
      """
      scrape_configs:
        - {job_name: litellm-a, metric_relabel_configs: [{action: labeldrop, regex: user_agent}]}
        - {job_name: litellm-b}
        - {job_name: vllm}
      """)
    let metric = "litellm_requests_metric_total"
    #expect(try !Self.reaches("user_agent", "\(metric){job=\"litellm-a\"}", in: flow))
    #expect(try Self.reaches("user_agent", "\(metric){job=\"litellm-b\"}", in: flow))
    #expect(try Self.reaches("user_agent", "\(metric){instance=\"litellm-a\"}", in: flow))
    #expect(try Self.reaches("user_agent", metric, in: flow))
    // Where only the job without the label scrapes the program, nobody has it.
    let alone = Self.flow(
      "scrape_configs: [{job_name: litellm, metric_relabel_configs: [{action: labeldrop, regex: user_agent}]}, {job_name: vllm}]"
    )
    #expect(try !Self.reaches("user_agent", metric, in: alone))
    #expect(try Self.reaches("end_user", metric, in: alone))
  }

  @Test func relabellingIsAStationOnTheWay() throws {
    let flow = Self.flow(
      "scrape_configs: [{job_name: litellm, metric_relabel_configs: [{source_labels: [user_agent], target_label: who}]}]"
    )
    let labels = try PromQLExpression.parse("litellm_requests_metric_total").labels()
    let renamed = try #require(flow.traces(to: "who", of: labels).first)
    #expect(renamed.steps.map { $0.path ?? "-" } == ["-", "prometheus.yml"])
    let kept = try #require(flow.traces(to: "user_agent", of: labels).first)
    #expect(kept.steps.count == 1)
  }

  @Test func aLabelThatNoContractStatesIsFollowedWhereTheTreeTellsWhoScrapes() throws {
    let expression = "vllm:num_requests_waiting"
    #expect(try !Self.reaches("colour", expression, in: Self.flow()))
    #expect(try Self.reaches("colour", expression, in: Self.flow("scrape_configs: [{job_name: vllm}]")))
    let labelled = "scrape_configs: [{job_name: vllm, static_configs: [{targets: ['a:8000'], labels: {colour: red}}]}]"
    #expect(try !Self.reaches("colour", expression, in: Self.flow(labelled)))
    #expect(try Self.reaches("shape", expression, in: Self.flow(labelled)))
    #expect(try !Self.reaches("engine", expression, in: Self.flow(labelled)))
  }

  @Test func aJobIsThatOfAProgramByThePartOfItsNameOrByPort() throws {
    let drop = "metric_relabel_configs: [{action: labeldrop, regex: colour}]"
    for job in ["job_name: dcgm, \(drop)", "job_name: gpus, static_configs: [{targets: ['a:9400']}], \(drop)"] {
      let flow = Self.flow("scrape_configs: [{\(job)}, {job_name: other}]")
      #expect(try !Self.reaches("colour", "DCGM_FI_DEV_GPU_TEMP", in: flow))
    }
    let other = Self.flow("scrape_configs: [{job_name: vllm, \(drop)}, {job_name: dcgm}]")
    #expect(try Self.reaches("colour", "DCGM_FI_DEV_GPU_TEMP", in: other))
  }

  @Test func selectorsWithoutANameReadWhatTheyMay() throws {
    let flow = Self.flow(
      rules: """
        groups:
          - name: g
            rules:
              - {record: 'gateway:failures:rate5m', expr: 'rate(litellm_proxy_failed_requests_metric_total[5m])'}
              - {record: 'gateway:closed', expr: 'sum(litellm_requests_metric_total)'}
        """)
    #expect(try Self.reaches("user_agent", "{__name__=~\"litellm_requests.*\"}", in: flow))
    #expect(try !Self.reaches("user_agent", "{__name__=~\"node_.*\"}", in: flow))
    #expect(try Self.reaches("user_agent", "{__name__=~\"gateway:f.*\"}", in: flow))
    #expect(try !Self.reaches("user_agent", "{__name__=~\"gateway:c.*\"}", in: flow))
    // A job that bears another program's name exports that one's metrics.
    #expect(try Self.arrivals("{job=\"dcgm\"}", in: Self.flow()).isEmpty)
    #expect(try !Self.arrivals("{instance=\"dcgm\"}", in: Self.flow()).isEmpty)
    #expect(try !Self.arrivals("{job!=\"dcgm\", instance=\"a\"}", in: Self.flow()).isEmpty)
  }

  @Test func aRuleThatSetsALabelHidesWhatWasInIt() throws {
    let flow = Self.flow(
      rules: """
        groups:
          - name: g
            rules:
              - record: gateway:requests
                expr: sum by (user_agent, end_user) (litellm_requests_metric_total)
                labels: {end_user: nobody}
        """)
    #expect(try Self.arrivals("gateway:requests", in: flow) == ["user_agent client"])
    #expect(try !Self.reaches("end_user", "gateway:requests", in: flow))
  }
}
