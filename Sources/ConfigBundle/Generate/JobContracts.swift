import Contracts
import Fleet
import Vocabulary

/// The contracts of the programs that the platform scrapes, from which their configuration is made.
struct JobContracts {
  private let contracts: [String: Contract]

  /// - Parameter contracts: by source.
  init(_ contracts: [String: Contract]) { self.contracts = contracts }

  func contract(of job: ScrapeJob) throws(Fault) -> Contract {
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
