import Audit
import Contracts
import Detection
import Fleet
import Policy
public import Vocabulary

/// What the contracts say: their list, and each as a page for readers.
public struct ContractJob {
  /// The languages of the pages.
  public static let languages = Language.allCases.map(\.rawValue)

  private let policy: PolicySet

  /// - Parameter folder: a policy folder; nil is the built-in one.
  public init(folder: String?) throws(Fault) {
    policy = try folder.read(PolicySet.load, otherwise: PolicySet.embedded)
  }

  /// One line a contract: source, title, versions, clauses.
  public func list() -> String {
    let contracts = policy.contracts.values.sorted { $0.source < $1.source }
    let width = contracts.map(\.source.count).max() ?? 0
    return contracts.map { contract in
      let source = contract.source + String(repeating: " ", count: width - contract.source.count)
      return "\(source)  \(contract.title.english) \(contract.versions): "
        + "\(contract.metrics.count) clauses on metrics, \(contract.logs.count) on logs, "
        + "\(contract.settings.count) on settings\n"
    }.joined()
  }

  /// Programs for which configuration can be made.
  public static let targets = [
    "prometheus", "promtail", "alloy", "loki-ruler", "vllm-flags", "litellm-config", "dcgm-csv",
  ]

  /// Configuration that lets through what the contract claims.
  ///
  /// - Parameters:
  ///   - target: one of `targets`.
  ///   - fleet: path of an inventory; nil is the built-in one.
  ///   - targetLabels: labels that the scrape configuration itself sets.
  public func compile(
    _ source: String, for target: String, fleet: String?, targetLabels: [String]
  ) throws(Fault) -> String {
    guard Self.targets.contains(target) else {
      throw Fault(.usage, "--for takes \(Self.targets.joined(separator: " or "))")
    }
    let names = FleetNames(try fleet.read(Fleet.load) { .default })
    let contract = try policy.contract(source)
    let streamLabels = PromtailAllowList.usualLabels + targetLabels
    return switch target {
    case "promtail": try PromtailAllowList(contract, names: names, labels: streamLabels).yaml
    case "alloy": try AlloyAllowList(contract, names: names, labels: streamLabels).configuration
    case "loki-ruler": try LokiTripwires(contract, names: names, labels: targetLabels, shapes: policy.logShapes).yaml
    case "vllm-flags": try VettedLaunch(contract).script
    case "litellm-config": try VettedConfiguration(contract).yaml
    case "dcgm-csv": try CountersFile(contract).csv
    default: try MetricRelabelling(contract, names: names, targetLabels: targetLabels).yaml
    }
  }

  /// What may leave a source, in plain words.
  ///
  /// - Throws: a usage fault where there is no such contract or language.
  public func explain(_ source: String, language: String) throws(Fault) -> String {
    guard let language = Language(rawValue: language) else {
      throw Fault(.usage, "--lang takes \(Self.languages.joined(separator: " or "))")
    }
    return try policy.contract(source).page(in: language)
  }
}

extension PolicySet {
  /// Rules of which one sighting on a log line is a finding: patterns that need no check digit.
  fileprivate var logShapes: [LokiTripwires.Shape] {
    detection.rules.compactMap { rule in
      guard case .pattern(let pattern) = rule.method, rule.check == nil, rule.surfaces.contains(.log),
        rule.slots?.contains(.line) ?? true, rule.weight(on: .log) >= detection.threshold(on: .log)
      else { return nil }
      return LokiTripwires.Shape(
        id: rule.id, title: rule.title, remedy: rule.remedy, pattern: (rule.isCaseless ? "(?i)" : "") + pattern,
        examples: rule.examples.filter { $0.surface == .log }.map(\.text))
    }
  }

  func contract(_ source: String) throws(Fault) -> Contract {
    guard let contract = contracts[source] else {
      throw Fault(
        .usage, "there is no contract of that name",
        remedy: "Contracts: \(contracts.keys.sorted().joined(separator: ", ")).")
    }
    return contract
  }

  /// The contracts of a run.
  ///
  /// - Parameters:
  ///   - source: what everything is held to; nil for what the policy and the inventory bind.
  ///   - fleet: an inventory that was given.
  func contracts(_ source: String?, fleet: Fleet?) throws(Fault) -> ContractsInForce {
    ContractsInForce(
      self, source: try source.map { (source) throws(Fault) in try contract(source).source }, fleet: fleet)
  }
}
