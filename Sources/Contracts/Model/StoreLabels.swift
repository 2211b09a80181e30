/// Labels that stores add to what they take in, whatever the source: that of the contract called `store`.
public enum StoredEntry: String, Sendable, Hashable, CaseIterable {
  /// A series of Prometheus: labels of its target.
  case series
  /// A stream of Loki.
  case stream
  /// Structured metadata of an entry in Loki.
  case metadata

  /// The contract that states them.
  public static let source = "store"
}

extension LabelClause {
  /// Its values name something that an inventory declares.
  public var refersToFleet: Bool {
    values.contains { template in
      template.slots.contains { slot in
        if case .fleet = slot.kind { return true }
        return slot.kind == .settings
      }
    }
  }
}
