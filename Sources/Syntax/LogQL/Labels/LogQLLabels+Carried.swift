extension LogQLLabels {
  /// Labels, and where the text of each comes from.
  public struct Carried: Sendable, Hashable {
    /// The labels that are told one by one.
    public internal(set) var named: [String: Set<LogQLLabels.Origin>] = [:]
    /// Labels that come under names of their own.
    public internal(set) var others: [Others] = []
  }

  /// Labels whose names the expression does not tell.
  public struct Others: Sendable, Hashable {
    public enum Names: Sendable, Hashable {
      /// Those of the streams' labels and of their structured metadata.
      case labels(selector: Int)
      /// Those that a parser finds in the lines.
      case fields(selector: Int)
      /// Of them nothing is known.
      case unknown
    }

    public var names: Names
    /// Their text.
    var origins: Set<LogQLLabels.Origin>
    public var except: Set<String> = []
  }
}

extension LogQLLabels.Carried {
  typealias Origin = LogQLLabels.Origin
  typealias Source = LogQLLabels.Source

  /// Of which nothing is known.
  static let unknown = Self(others: [.init(names: .unknown, origins: [.init(.unknown)])])

  func label(_ name: String) -> Set<Origin> {
    others.reduce(into: named[name] ?? []) { all, other in
      guard !other.except.contains(name) else { return }
      for origin in other.origins { all.insert(Origin(origin.source.naming(name), origin.passage)) }
    }
  }

  func everyOrigin(except names: Set<String> = []) -> Set<Origin> {
    var all: Set<Origin> = []
    for (name, origins) in named where !names.contains(name) { all.formUnion(origins) }
    for other in others {
      let except = other.except.union(names)
      for origin in other.origins { all.insert(Origin(origin.source.excepting(except), origin.passage)) }
    }
    return all
  }

  mutating func remove(_ name: String) {
    named[name] = nil
    for index in others.indices { others[index].except.insert(name) }
  }

  mutating func set(_ name: String, _ origins: Set<Origin>) {
    remove(name)
    if !origins.isEmpty { named[name] = origins }
  }

  mutating func add(_ name: String, _ origins: Set<Origin>) { set(name, label(name).union(origins)) }

  mutating func keep(_ names: [String]) {
    named = names.reduce(into: [:]) { kept, name in
      let origins = label(name)
      if !origins.isEmpty { kept[name] = origins }
    }
    others = []
  }

  /// Lets further labels pass, so that a stage that stands there a thousand times costs no more than once.
  mutating func pass(_ more: LogQLLabels.Others) {
    if let index = others.firstIndex(where: { $0.names == more.names && $0.origins == more.origins }) {
      others[index].except.formIntersection(more.except)
    } else {
      others.append(more)
    }
  }

  func union(_ other: Self) -> Self {
    var all = self
    for (name, origins) in other.named { all.named[name, default: []].formUnion(origins) }
    for more in other.others { all.pass(more) }
    return all
  }

  /// With labels grouped as a clause says; without a clause there are none.
  func grouped(by grouping: LogQLGrouping?) -> Self {
    guard let grouping else { return Self() }
    let names = grouping.labels.map(\.value)
    if names.contains(where: GrafanaVariable.occurs) { return union(.unknown) }
    var result = self
    guard grouping.isWithout else {
      result.keep(names)
      return result
    }
    for name in names { result.remove(name) }
    return result
  }
}

extension LogQLLabels.Source {
  /// One of many.
  fileprivate func naming(_ name: String) -> Self {
    switch self {
    case .everyLabel(let selector, _): .label(selector: selector, name: name)
    case .everyField(let selector, let parser, _): .field(selector: selector, parser, name: name)
    default: self
    }
  }

  fileprivate func excepting(_ names: Set<String>) -> Self {
    switch self {
    case .everyLabel(let selector, let except): .everyLabel(selector: selector, except: except.union(names))
    case .everyField(let selector, let parser, let except):
      .everyField(selector: selector, parser, except: except.union(names))
    default: self
    }
  }
}

extension LogQLLabels {
  /// What the labels of the result are called, given what those are called that are read.
  ///
  /// - Parameters:
  ///   - names: the labels, those of structured metadata among them, of the streams that the selector of this index reads.
  ///   - fields: what the lines hold, as parsers call it; nil where nobody knows.
  /// - Returns: No label is certain.
  public func predicted(
    labelsOf names: (_ selector: Int) -> Set<String>, fieldsOf fields: (_ selector: Int) -> Set<String>? = { _ in nil }
  ) -> PromQLLabels.Prediction {
    var out = PromQLLabels.Prediction(always: [], possibly: Set(carried.named.keys), isOpen: false)
    for other in carried.others {
      switch other.names {
      case .labels(let selector): out.possibly.formUnion(names(selector).subtracting(other.except))
      case .fields(let selector):
        guard let fields = fields(selector) else {
          out.isOpen = true
          continue
        }
        // A field that is called as a label of the stream gets another name.
        let all = fields.union(fields.map { $0 + LogQLLabelAnalysis.suffix })
        out.possibly.formUnion(all.subtracting(other.except))
      case .unknown: out.isOpen = true
      }
    }
    return out
  }
}
