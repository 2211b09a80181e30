import Fleet
import Testing

@testable import ConfigBundle

@Suite struct GeneratorTests {
  static let bundle = BundleGenerator.generate(.default)

  @Test func writesTheWholePlatform() {
    #expect(
      Self.bundle.files.map { String($0.path.dropFirst("configs/base/".count)) } == [
        "alertmanager.yaml", "dcgm/counters.csv", "grafana/dashboards/litellm.json", "grafana/dashboards/system.json",
        "grafana/dashboards/vllm.json", "litellm/config.yaml", "litellm/litellm.env", "loki/loki.yaml",
        "prometheus.yaml", "promtail-config.yaml", "rules/alerts.yaml", "vllm/gpu-node1.args", "vllm/gpu-node2.args",
      ])
  }
}
