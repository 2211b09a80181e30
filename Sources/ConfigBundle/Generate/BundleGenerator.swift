public import Contracts
public import Fleet
public import Flow
public import Vocabulary

/// Makes the configuration of a whole platform from its inventory and from what its programs may emit: same fleet and contracts,
/// same bytes.
public enum BundleGenerator {
  /// Folder of the generated files within the tree.
  public static let folder = "configs/base"

  /// All files of the platform's configuration; none of them needs another to be edited by hand.
  ///
  /// - Parameter contracts: by source; those of the scraped programs are enforced, and decide how they are configured.
  /// - Throws: `usage` where one of these is missing, can't be enforced, or does not say how its program is configured.
  public static func generate(_ fleet: Fleet, contracts: [String: Contract]) throws(Fault) -> ConfigFiles {
    let contracts = JobContracts(contracts)
    let litellm = try LiteLLMConfig(try contracts.contract(of: .litellm))
    let counters = try CountersFile(try contracts.contract(of: .dcgmExporter))
    let enforcement = Enforcement(contracts, of: fleet, litellm: litellm, counters: counters)
    var files: [(name: String, role: FileRole, text: String)] = [
      ("prometheus.yaml", .prometheusConfig, try PrometheusConfig.yaml(fleet, enforcement)),
      ("rules/alerts.yaml", .rules, AlertRules.yaml),
      ("alertmanager.yaml", .alertmanagerConfig, AlertmanagerConfig.yaml(fleet)),
      ("promtail-config.yaml", .promtailConfig, try PromtailConfig.yaml(fleet, enforcement)),
      ("loki/loki.yaml", .lokiConfig, LokiConfig.yaml),
      ("litellm/config.yaml", .litellmConfig, litellm.yaml(fleet)),
      ("litellm/litellm.env", .other, litellm.environment),
      ("dcgm/counters.csv", .dcgmCounters, counters.csv),
      ("grafana/dashboards/vllm.json", .dashboard, VLLMDashboard.dashboard.json),
      ("grafana/dashboards/litellm.json", .dashboard, LiteLLMDashboard.dashboard.json),
      ("grafana/dashboards/system.json", .dashboard, SystemDashboard.dashboard.json),
    ]
    let launch = try VettedLaunch(try contracts.contract(of: .vllm))
    for node in fleet.nodes(with: .gpu) {
      guard let gpus = node.gpus, let model = fleet.models.first(where: { $0.name == gpus.serves }) else { continue }
      let text = VLLMArguments.text(node: node, gpus: gpus, model: model, launch: launch)
      files.append(("vllm/\(node.name).args", .vllmArguments, text))
    }
    return ConfigFiles(
      files.map { ConfigFile(path: "\(folder)/\($0.name)", role: $0.role, bytes: Array($0.text.utf8)) })
  }
}
