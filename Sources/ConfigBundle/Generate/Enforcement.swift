import Contracts
import Fleet
import Syntax
import Vocabulary

/// What Prometheus keeps of each job's scrape and Loki of its log: what the contract of the job's source claims, and nothing else.
///
/// It is the second fence. The first is that the programs are configured not to emit free text at all; this one holds when one of
/// them was misconfigured, updated or replaced.
struct Enforcement {
  private let contracts: [String: Contract]
  private let names: FleetNames

  /// - Parameter contracts: by source.
  init(_ contracts: [String: Contract], of fleet: Fleet) {
    self.contracts = contracts
    names = FleetNames(fleet)
  }

  /// `metric_relabel_configs` of a job, as YAML that is not moved in.
  func relabelling(of job: ScrapeJob) throws(Fault) -> String {
    let contract = try contract(of: job)
    switch job {
    case .vllm, .nodeExporter: return try MetricRelabelling(contract, names: names).yaml
    case .litellm:
      // Its configuration names the metrics that it exports.
      let exported = Set(LiteLLMExport.groups.flatMap(\.metrics))
      return try MetricRelabelling(contract, names: names) { family in
        exported.contains(family.hasSuffix("_total") ? String(family.dropLast(6)) : family)
      }.yaml
    case .dcgmExporter:
      let exported = Set(DCGMCounters.exported.map(\.field))
      return try MetricRelabelling(contract, names: names, families: exported.contains).yaml
    }
  }

  /// `pipeline_stages` of a job's log, as YAML that is not moved in.
  ///
  /// - Parameter labels: labels of its streams.
  func stages(of job: ScrapeJob, labels: [String]) throws(Fault) -> String {
    try PromtailAllowList(try contract(of: job), names: names, labels: labels).yaml
  }

  private func contract(of job: ScrapeJob) throws(Fault) -> Contract {
    let source =
      switch job {
      case .vllm: "vllm"
      case .litellm: "litellm"
      case .nodeExporter: "node-exporter"
      case .dcgmExporter: "dcgm-exporter"
      }
    guard let contract = contracts[source] else {
      throw Fault(
        .usage, "the policy has no contract of \(source), from which the configuration is made",
        remedy: "Add contracts/\(source).yaml: sigilo policy export writes the built-in one.")
    }
    return contract
  }
}
