import Contracts
import Fleet
import Vocabulary

/// What Prometheus keeps of each job's scrape and Loki of its log: what the contract of the job's source claims, and nothing else.
///
/// It is the second fence. The first is that the programs are configured not to emit free text at all; this one holds when one of
/// them was misconfigured, updated or replaced.
struct Enforcement {
  private let contracts: JobContracts
  private let litellm: LiteLLMConfig
  private let counters: CountersFile
  private let names: FleetNames

  /// - Parameters:
  ///   - litellm: configured to export less than its contract claims; so is the DCGM exporter, by its counters.
  init(_ contracts: JobContracts, of fleet: Fleet, litellm: LiteLLMConfig, counters: CountersFile) {
    self.contracts = contracts
    self.litellm = litellm
    self.counters = counters
    names = FleetNames(fleet)
  }

  /// `metric_relabel_configs` of a job, as YAML that is not moved in.
  func relabelling(of job: ScrapeJob) throws(Fault) -> String {
    let contract = try contracts.contract(of: job)
    switch job {
    case .vllm, .nodeExporter: return try MetricRelabelling(contract, names: names).yaml
    case .litellm: return try MetricRelabelling(contract, names: names, families: litellm.exports).yaml
    case .dcgmExporter:
      return try MetricRelabelling(contract, names: names, families: Set(counters.fields).contains).yaml
    }
  }

  /// `pipeline_stages` of a job's log, as YAML that is not moved in.
  ///
  /// - Parameter labels: labels of its streams.
  func stages(of job: ScrapeJob, labels: [String]) throws(Fault) -> String {
    try PromtailAllowList(try contracts.contract(of: job), names: names, labels: labels).yaml
  }
}
