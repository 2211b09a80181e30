import Testing

@testable import Flow

/// Whose words labels hold, as the shipped contracts say.
@Suite struct ExportedLabelsTests {
  private let labels = facts.labels

  @Test func theContractOfAMetricSaysWhoseALabelIs() {
    let gateway = "litellm_requests_metric_total"
    #expect(labels.nature(of: "user_agent", on: gateway) == .client)
    #expect(labels.nature(of: "exported_user_agent", on: gateway) == .client)
    #expect(labels.nature(of: "model", on: gateway) == .closed)
    #expect(labels.nature(of: "job", on: gateway) == .closed)
    #expect(labels.nature(of: "colour", on: gateway) == .unclaimed)
    // LiteLLM's settings make labels of metadata and of tags.
    #expect(labels.nature(of: "metadata_team", on: gateway) == .client)
    #expect(labels.nature(of: "tag_x", on: "litellm_some_new_metric_total") == .client)
    #expect(labels.nature(of: "user_agent", on: "litellm_some_new_metric_total") == .client)
    #expect(labels.nature(of: "colour", on: "litellm_some_new_metric_total") == .unknown)
    #expect(labels.nature(of: "user_agent", on: "vllm:num_requests_waiting") == .client)
    #expect(labels.nature(of: "colour", on: "some_total") == .unknown)
    #expect(labels.nature(of: "prompt", on: "some_total") == .client)
  }

  @Test func someLabelsAreClientsWhereverTheyAreFound() {
    for name in ["user_agent", "prompt", "metadata_team", "tag_x", "end_user"] {
      #expect(labels.isDistinctlyClients(name), "\(name)")
    }
    for name in ["model", "job", "instance", "colour", "gpu"] {
      #expect(!labels.isDistinctlyClients(name), "\(name)")
    }
  }

  @Test func aJobMayBearTheNameOfAProgram() {
    #expect(labels.isOther("dcgm", than: "vllm"))
    #expect(labels.isOther("gpu-dcgm-exporter", than: "vllm"))
    #expect(!labels.isOther("dcgm", than: "dcgm-exporter"))
    #expect(!labels.isOther("carcara", than: "vllm"))
  }

  @Test func someNamesStandForThemselves() {
    #expect(["user_agent", "A9_"].allSatisfy(ExportedLabels.isPlain))
    #expect(!["a.b", "a-b", "ação", "a|b"].contains(where: ExportedLabels.isPlain))
  }
}
