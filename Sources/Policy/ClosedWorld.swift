import Contracts

/// What a policy says about sources: their contracts, and the names that may be printed.
struct ClosedWorld: Sendable {
  /// By the source's id.
  var contracts: [String: Contract] = [:]
  /// Those of `names/`, and what the contracts name.
  var names: Set<String> = []
}
