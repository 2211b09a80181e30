public import Vocabulary

/// What stores add, and what bears a source's name where no contract is in force.
extension ContractMatcher {
  /// The tally since it was last taken.
  public mutating func takeTally() -> ClaimTally {
    defer { tally = ClaimTally() }
    return tally
  }

  /// Whether the contract has a clause on series of that name.
  public func knows(series: String) -> Bool { compiled.series[series] != nil }

  /// Whether stores add a label of that name to such entries.
  public func adds(_ name: String, to entry: StoredEntry) -> Bool { compiled.storeLabels[entry]?[name] != nil }

  /// Whether the value is of the type of the label that stores add to such entries.
  public mutating func added(_ name: String, _ value: UnsafeRawBufferPointer, to entry: StoredEntry) -> Breach? {
    let breach: Breach?
    if let index = compiled.storeLabels[entry]?[name] {
      breach = wrong(value, index, clause: entry.rawValue)
    } else {
      breach = Breach(.label, clause: entry.rawValue, "no store adds a label of that name")
    }
    tally.values.count(breach == nil)
    return breach
  }

  /// Whether any clause on metrics has a label of that name and claims the value: alerts bear labels of the series that they
  /// stand on.
  public mutating func claimsAnywhere(_ name: String, _ value: UnsafeRawBufferPointer) -> Bool {
    compiled.labels.contains { byName in
      byName[name].map { labels[$0].match(value, 0..<value.count) != nil } ?? false
    }
  }

  /// Of a series that bears the source's prefix, and that nothing binds to the contract: only what a clause states is held to it,
  /// the types of its labels and what it forbids.
  ///
  /// - Parameter knowsFleet: an inventory was given; without one its names are anybody's guess.
  public mutating func recognised(
    _ name: String, _ value: UnsafeRawBufferPointer, of series: String, knowsFleet: Bool
  ) -> Breach? {
    if let claimed = compiled.series[series], let index = compiled.labels[claimed.clause][name] {
      return compiled.labelClauses[index].refersToFleet && !knowsFleet
        ? nil : wrong(value, index, clause: compiled.contract.metrics[claimed.clause].id)
    }
    let forbidden = compiled.contract.forbiddenLabels.first { $0.names(name) }
    return forbidden.map { Breach(.forbidden, $0.why.english) }
  }

  /// As for `recognised(_:_:of:knowsFleet:)`, of the series itself.
  public func recognised(series: String) -> Breach? {
    guard let claimed = compiled.series[series],
      case .forbidden(let why) = compiled.contract.metrics[claimed.clause].standing
    else { return nil }
    return Breach(.forbidden, clause: compiled.contract.metrics[claimed.clause].id, why.english)
  }
}
