import Syntax
import Testing

@testable import Flow

/// What LiteLLM 1.106.2 exports under a configuration.
@Suite struct LiteLLMConfigurationTests {
  private static func configuration(_ settings: String) throws -> LiteLLMConfiguration {
    let documents = try YAMLDocument.parseAll(Array("litellm_settings:\n\(settings)".utf8))
    return LiteLLMConfiguration(try #require(documents.first))
  }

  private static let requests = "litellm_proxy_total_requests_metric_total"

  @Test func groupsListMetricsAndTheirLabels() throws {
    let some = try Self.configuration(
      """
        prometheus_metrics_config:
          - {group: a, metrics: [litellm_proxy_total_requests_metric], include_labels: [status_code]}
          - {group: b, metrics: [litellm_request_total_latency_metric, litellm_guardrail_errors_total]}

      """)
    #expect(some.exports(Self.requests) && some.exports("litellm_request_total_latency_metric_bucket"))
    #expect(some.exports("litellm_guardrail_errors_total") && some.exports("litellm_guardrail_errors_created"))
    #expect(!some.exports("litellm_spend_metric_total"))
    #expect(some.exports("status_code", on: Self.requests) && !some.exports("user_agent", on: Self.requests))
    #expect(some.exports("user", on: "litellm_request_total_latency_metric_sum"))
  }

  @Test func theLastGroupWithLabelsOfAMetricHolds() throws {
    let twice = try Self.configuration(
      """
        prometheus_metrics_config:
          - {group: a, metrics: [litellm_proxy_total_requests_metric], include_labels: [status_code]}
          - {group: b, metrics: [litellm_proxy_total_requests_metric], include_labels: [user]}
          - {group: c, metrics: [litellm_proxy_total_requests_metric]}

      """)
    #expect(twice.exports("user", on: Self.requests) && !twice.exports("status_code", on: Self.requests))
  }

  @Test func withoutGroupsAllIsExportedButWhatIsExcluded() throws {
    let all = try Self.configuration("  prometheus_metrics_config: []\n")
    #expect(all.exports(Self.requests) && all.exports("end_user", on: Self.requests))
    let less = try Self.configuration(
      "  prometheus_exclude_metrics: [litellm_spend_metric]\n  prometheus_exclude_labels: [user_agent]\n")
    #expect(!less.exports("litellm_spend_metric_total") && less.exports(Self.requests))
    #expect(!less.exports("user_agent", on: Self.requests) && less.exports("user", on: Self.requests))
  }

  @Test(arguments: [
    ("disable_end_user_cost_tracking: true", false), ("disable_end_user_cost_tracking_prometheus_only: true", false),
    ("enable_end_user_cost_tracking_prometheus_only: false", false),
    ("enable_end_user_cost_tracking_prometheus_only: true", true), ("cache: false", true),
  ])
  func endUsersAreFollowedUnlessSwitchedOff(setting: String, isExported: Bool) throws {
    #expect(try Self.configuration("  \(setting)\n").exports("end_user", on: Self.requests) == isExported)
  }

  /// A tree with two gateways lets out what either lets out.
  @Test func labelsAreGoneWhereEveryGatewayLeavesThemOut() throws {
    let open = try Self.configuration("  custom_prometheus_metadata_labels: [metadata.a-b]\n")
    let closed = try Self.configuration("  prometheus_exclude_labels: [user_agent]\n")
    func nature(_ label: String, _ ways: LiteLLMConfiguration...) -> ExportedLabels.Nature {
      facts.labels.configured(ways).nature(of: label, on: Self.requests)
    }
    #expect(nature("user_agent", closed) == .closed && nature("user_agent", open, closed) == .client)
    #expect(nature("metadata_a_b", open) == .client)
    #expect(facts.labels.configured([open]).clientLabels(of: Self.requests).contains("metadata_a_b"))
    #expect(!facts.labels.configured([closed]).clientLabels(of: Self.requests).contains("user_agent"))
  }

  /// A name that several programs use says nothing of whose labels it bears.
  @Test func onlyMetricsWithTheProgramsMarkHaveUnclaimedLabels() {
    #expect(facts.labels.nature(of: "note", on: "vllm:num_requests_waiting") == .unclaimed)
    #expect(facts.labels.source(of: "http_requests_total") != nil)
    #expect(facts.labels.nature(of: "note", on: "http_requests_total") == .unknown)
  }
}
