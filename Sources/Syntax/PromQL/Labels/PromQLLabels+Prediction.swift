extension PromQLLabels {
  /// The names of the labels that series of one alternative have.
  public struct Prediction: Sendable, Hashable {
    public var always: Set<String>
    /// Without those above.
    public var possibly: Set<String>
    /// Whether there may be labels besides of which nothing is known.
    public var isOpen: Bool

    public init(always: Set<String>, possibly: Set<String> = [], isOpen: Bool = false) {
      self.always = always
      self.possibly = possibly
      self.isOpen = isOpen
    }

    public var isExact: Bool { possibly.isEmpty && !isOpen }

    public func allows(_ labels: Set<String>) -> Bool {
      labels.isSuperset(of: always) && (isOpen || labels.isSubset(of: always.union(possibly)))
    }
  }

  /// What series of the result look like, given what the series look like that are read.
  ///
  /// Series of one selector may differ in their labels: one call is about one series, or series alike, of each selector; of one
  /// that `info()` reads, about all series, since one of each name may give labels.
  ///
  /// - Parameter names: the names of the labels, `__name__` among them, of a series that the selector of this index reads.
  /// - Returns: In the order of `alternatives`.
  public func predicted(labelsOf names: (_ selector: Int) -> Set<String>) -> [Prediction] {
    let sources = selectors.indices.map(names)
    return alternatives.map { branch in
      var out = Prediction(always: [])
      for (name, label) in branch.named {
        switch label.presence {
        case .certain: out.always.insert(name)
        case .possible: out.possibly.insert(name)
        case .whereAny(let any):
          if any.contains(where: { sources[$0.selector].contains($0.name) }) { out.always.insert(name) }
        }
      }
      for other in branch.others {
        guard let selector = other.selector else {
          out.isOpen = true
          continue
        }
        let passing = sources[selector].subtracting(other.except)
        if other.isCertain { out.always.formUnion(passing) } else { out.possibly.formUnion(passing) }
      }
      out.possibly.subtract(out.always)
      return out
    }
  }
}
