import Contracts
import Policy
import Synchronization
import Vocabulary

/// The contracts of a run, read and compiled when they are first needed, once for all workers: most scans need none.
final class ContractShelf: Sendable {
  private let policy: PolicySet?
  private let names: FleetNames
  private let compiled: Mutex<[String: CompiledContract]>
  private let known = Mutex<[Prefix]?>(nil)

  /// What only one source's families begin with.
  struct Prefix: Sendable {
    var bytes: [UInt8]
    var source: String
  }

  /// None.
  init() {
    policy = nil
    names = FleetNames()
    compiled = Mutex([:])
  }

  /// A single one.
  init(_ contract: CompiledContract) {
    policy = nil
    names = FleetNames()
    compiled = Mutex([contract.contract.source: contract])
  }

  init(_ policy: PolicySet, names: FleetNames) {
    self.policy = policy
    self.names = names
    compiled = Mutex([:])
  }

  /// Nil where there is no contract of that source.
  ///
  /// - Throws: as `CompiledContract` does.
  func contract(of source: String) throws(Fault) -> CompiledContract? {
    let result = compiled.withLock { compiled in
      Result { () throws(Fault) -> CompiledContract? in
        if let made = compiled[source] { return made }
        guard let contract = policy?.contracts[source] else { return nil }
        let made = try CompiledContract(contract, names: names)
        compiled[source] = made
        return made
      }
    }
    return try result.get()
  }

  /// The longest first.
  var prefixes: [Prefix] {
    known.withLock { known in
      if let known { return known }
      let contracts = (policy?.contracts ?? [:]).values.sorted { $0.source < $1.source }
      let found = contracts.flatMap { contract in
        contract.prefixes.map { Prefix(bytes: Array($0.utf8), source: contract.source) }
      }.sorted { $0.bytes.count > $1.bytes.count }
      known = found
      return found
    }
  }

  /// Whether there may be prefixes, without reading the contracts.
  var isWhole: Bool { policy != nil }
}
