public import Fleet

/// Makes the configuration of a whole platform from its inventory: same fleet, same bytes.
public enum BundleGenerator {
  /// Folder of the generated files within the tree.
  public static let folder = "configs/base"

  /// All files of the platform's configuration; none of them needs another to be edited by hand.
  public static func generate(_ fleet: Fleet) -> BundleFiles {
    var files: [(name: String, role: FileRole, text: String)] = [
      ("prometheus.yaml", .prometheusConfig, PrometheusConfig.yaml(fleet)),
      ("rules/alerts.yaml", .rules, AlertRules.yaml),
      ("alertmanager.yaml", .alertmanagerConfig, AlertmanagerConfig.yaml(fleet)),
      ("promtail-config.yaml", .promtailConfig, PromtailConfig.yaml(fleet)),
      ("loki/loki.yaml", .lokiConfig, LokiConfig.yaml),
      ("litellm/config.yaml", .litellmConfig, LiteLLMConfig.yaml(fleet)),
      ("litellm/litellm.env", .other, LiteLLMConfig.environment),
      ("dcgm/counters.csv", .dcgmCounters, DCGMCounters.csv),
      ("grafana/dashboards/vllm.json", .dashboard, VLLMDashboard.dashboard.json),
      ("grafana/dashboards/litellm.json", .dashboard, LiteLLMDashboard.dashboard.json),
      ("grafana/dashboards/system.json", .dashboard, SystemDashboard.dashboard.json),
    ]
    for node in fleet.nodes(with: .gpu) {
      guard let gpus = node.gpus, let model = fleet.models.first(where: { $0.name == gpus.serves }) else { continue }
      files.append(("vllm/\(node.name).args", .vllmArguments, VLLMArguments.text(node: node, gpus: gpus, model: model)))
    }
    return BundleFiles(
      files.map { BundleFile(path: "\(folder)/\($0.name)", role: $0.role, bytes: Array($0.text.utf8)) })
  }
}
