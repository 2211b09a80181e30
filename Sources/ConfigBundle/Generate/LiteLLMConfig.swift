import Contracts
import Fleet
import Syntax
import Vocabulary

/// LiteLLM: every vLLM server of the fleet as a deployment; all else that its contract wants to see set.
struct LiteLLMConfig {
  /// What the platform sets beside its contract. Keys and their effect: LiteLLM 1.106.2, run.
  private static let own = [
    VettedConfiguration.Entry(section: "general_settings", key: "master_key", value: "os.environ/LITELLM_MASTER_KEY"),
    VettedConfiguration.Entry(section: "litellm_settings", key: "json_logs", value: "true"),
  ]

  private let settings: VettedConfiguration
  private let launch: VettedLaunch
  /// Metrics that it exports, as `prometheus_metrics_config` writes them, without `_total`; nil: all that it has.
  private let metrics: Set<String>?

  /// - Throws: `usage` where the contract does not say how LiteLLM is configured and started, or its vetted values are no YAML.
  init(_ contract: Contract) throws(Fault) {
    settings = try VettedConfiguration(contract, beside: Self.own)
    launch = try VettedLaunch(contract)
    let document: PositionedValue
    do throws(Fault) {
      document = try YAMLDocument.parse(Array(settings.sections.utf8))
    } catch {
      // Its place is one in what was made of the clauses.
      throw Fault(
        .usage, "the settings that the contract of \(contract.source) vets are \(error.problem)", at: contract.place)
    }
    let groups = document["litellm_settings"]?["prometheus_metrics_config"]?.array
    metrics = groups.map { Set($0.flatMap { $0["metrics"]?.array ?? [] }.compactMap(\.string)) }
  }

  func exports(_ family: String) -> Bool {
    metrics?.contains(family.hasSuffix("_total") ? String(family.dropLast(6)) : family) ?? true
  }

  /// One deployment for each GPU node: the model's served name and the base URL of its vLLM.
  private static func deployments(of fleet: Fleet) -> [(model: String, base: String)] {
    fleet.targets(of: .vllm).compactMap { target in
      target.node.gpus.map { ($0.serves, "http://\(target.instance)/v1") }
    }
  }

  func yaml(_ fleet: Fleet) -> String {
    var text = "model_list:\n"
    for deployment in Self.deployments(of: fleet) {
      text += """
          - model_name: \(Quoting.yaml(deployment.model))
            litellm_params:
              model: \(Quoting.yaml("openai/\(deployment.model)"))
              api_base: \(Quoting.yaml(deployment.base))
              api_key: os.environ/VLLM_API_KEY

        """
    }
    return text + "\n" + settings.sections
  }

  /// Variables of the service. No key of the file above touches the error lines on standard output, which carry the upstream's error
  /// text verbatim.
  var environment: String {
    "# Environment of the LiteLLM service.\n"
      + launch.environment.map { "# \(launch.titles[$0] ?? "").\n\($0)\n" }.joined()
  }
}
