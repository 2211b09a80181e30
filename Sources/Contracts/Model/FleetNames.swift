public import Fleet

/// The names that an inventory declares, which slots refer to.
public struct FleetNames: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Served name of a model or an adapter.
    case model
    /// Path or hub id of a model's weights.
    case weights
    case hostname
    /// Product name of a GPU.
    case gpu
  }

  public var names: [Kind: Set<String>]

  public init(_ names: [Kind: Set<String>] = [:]) { self.names = names }

  /// Everything that an inventory declares.
  public init(_ fleet: Fleet) {
    names = [
      .model: Set(fleet.models.map(\.name)), .weights: Set(fleet.models.map(\.weights)),
      .hostname: Set(fleet.nodes.map(\.name)), .gpu: Set(fleet.nodes.compactMap { $0.gpus?.name }),
    ]
  }
}
