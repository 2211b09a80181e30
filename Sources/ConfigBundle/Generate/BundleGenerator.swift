public import Contracts
public import Fleet
public import Vocabulary

/// Makes the configuration of a whole platform from its inventory and from what its programs may emit: same fleet and contracts,
/// same bytes.
public enum BundleGenerator {
  /// Folder of the generated files within the tree.
  public static let folder = "configs/base"

  /// All files of the platform's configuration; none of them needs another to be edited by hand.
  ///
  /// - Parameter contracts: by source; those of the scraped programs are enforced.
  /// - Throws: `usage` where one of these is missing, or can't be enforced.
  public static func generate(_ fleet: Fleet, contracts: [String: Contract]) throws(Fault) -> BundleFiles {
    let enforcement = Enforcement(contracts, of: fleet)
    var files: [(name: String, role: FileRole, text: String)] = [
      ("prometheus.yaml", .prometheusConfig, try PrometheusConfig.yaml(fleet, enforcement)),
      ("rules/alerts.yaml", .rules, AlertRules.yaml),
      ("alertmanager.yaml", .alertmanagerConfig, AlertmanagerConfig.yaml(fleet)),
      ("promtail-config.yaml", .promtailConfig, try PromtailConfig.yaml(fleet, enforcement)),
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
