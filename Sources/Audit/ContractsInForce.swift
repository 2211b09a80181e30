public import Contracts
public import Fleet
import Pipelines
public import Policy
import Vocabulary

/// What each sink of a run, and in stores each series and stream, is held to.
public struct ContractsInForce: Sendable {
  /// No sink is held to any.
  public static let none = ContractsInForce()

  enum Scope: Sendable {
    case sink
    case stream(StreamSelector)
    case job([UInt8])
  }

  struct Rule: Sendable {
    var sink: [UInt8]
    var scope: Scope
    var contract: String
  }

  /// What everything is held to.
  let everywhere: String?
  private(set) var rules: [Rule] = []
  let fleet: FleetSources?
  let shelf: ContractShelf

  private init() {
    everywhere = nil
    fleet = nil
    shelf = ContractShelf()
  }

  /// - Parameter everywhere: what every sink is held to.
  public init(everywhere: CompiledContract) {
    self.everywhere = everywhere.contract.source
    fleet = nil
    shelf = ContractShelf(everywhere)
  }

  /// - Parameters:
  ///   - source: what everything is held to; nil leaves it to the policy's `sources`, and after them to the inventory.
  ///   - fleet: an inventory that was given: it binds what it knows, and its names are those of the contracts. Without one nothing
  ///     is bound by it, and the names are those of the built-in one.
  public init(_ policy: PolicySet, source: String? = nil, fleet: Fleet?) {
    shelf = ContractShelf(policy, names: FleetNames(fleet ?? .default))
    everywhere = source
    self.fleet = fleet.map { fleet in
      FleetSources(
        fleet, metrics: Set(policy.contracts.values.filter { !$0.metrics.isEmpty }.map(\.source)),
        logs: Set(policy.contracts.values.filter { !$0.logs.isEmpty }.map(\.source)))
    }
    for binding in policy.sources {
      let scope =
        binding.stream.map(Scope.stream) ?? binding.job.map { Scope.job(Array($0.utf8)) } ?? .sink
      rules.append(Rule(sink: Array(binding.sink.utf8), scope: scope, contract: binding.contract))
    }
  }

  /// The contract of the first rule that binds the whole sink.
  func contract(for sink: Sink) -> String? {
    if let everywhere { return everywhere }
    let name = Array(sink.description.utf8)
    for rule in rules {
      if case .sink = rule.scope, Self.obeys(name[...], rule.sink[...]) { return rule.contract }
    }
    return fleet?.source(of: sink)
  }

  /// Whether series and streams in the sink are bound one by one.
  func bindsInside(_ sink: Sink) -> Bool {
    guard sink.kind == .prometheus || sink.kind == .loki else { return false }
    return fleet != nil
      || rules.contains { rule in
        if case .sink = rule.scope { return false }
        return Self.obeys(Array(sink.description.utf8)[...], rule.sink[...])
      }
  }

  /// Whether a text obeys a pattern in which `*` stands for any text.
  static func obeys(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var (text, pattern) = (text, pattern)
    var retry: (text: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>)?
    while true {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (text, pattern)
      } else if let byte = text.first, byte == pattern.first {
        (text, pattern) = (text.dropFirst(), pattern.dropFirst())
      } else if text.isEmpty && pattern.isEmpty {
        return true
      } else if let last = retry, !last.text.isEmpty {
        retry = (last.text.dropFirst(), last.pattern)
        (text, pattern) = (last.text.dropFirst(), last.pattern)
      } else {
        return false
      }
    }
  }
}
