public import Contracts
public import Policy
public import Vocabulary

/// Which contract each sink of a run is held to.
public struct ContractsInForce: Sendable {
  /// No sink is held to any.
  public static let none = ContractsInForce(everywhere: nil)

  private let everywhere: CompiledContract?
  private var bound: [(pattern: [UInt8], contract: CompiledContract)] = []

  /// - Parameter everywhere: what every sink is held to; nil where none is in force.
  public init(everywhere: CompiledContract?) { self.everywhere = everywhere }

  /// What a policy binds.
  ///
  /// - Parameter names: what the inventory declares.
  public init(_ policy: PolicySet, names: FleetNames) throws(Fault) {
    everywhere = nil
    var compiled: [String: CompiledContract] = [:]
    for binding in policy.sources {
      guard let contract = policy.contracts[binding.contract] else { continue }
      // Not with ??, whose right side would throw untyped.
      if compiled[binding.contract] == nil { compiled[binding.contract] = try CompiledContract(contract, names: names) }
      guard let ready = compiled[binding.contract] else { continue }
      bound.append((Array(binding.sink.utf8), ready))
    }
  }

  /// The contract of the first binding whose pattern the sink obeys.
  func contract(for sink: Sink) -> CompiledContract? {
    if let everywhere { return everywhere }
    guard !bound.isEmpty else { return nil }
    let name = Array(sink.description.utf8)
    return bound.first { Self.obeys(name[...], $0.pattern[...]) }?.contract
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
