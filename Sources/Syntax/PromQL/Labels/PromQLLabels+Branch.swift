extension PromQLLabels {
  /// One shape that series of the result can have.
  public struct Branch: Sendable, Hashable {
    /// The labels that are told one by one.
    public internal(set) var named: [String: Label] = [:]
    /// Whose remaining labels pass under their own names; a label named above is in every `except`.
    public internal(set) var others: [Others] = []
    /// What becomes of the metric's name at the end, where names are removed there.
    var name = NameFate.kept

    enum NameFate: Sendable, Hashable { case kept, removed, either }
  }

  /// A label of the result.
  public struct Label: Sendable, Hashable {
    /// One at least.
    public internal(set) var origins: Set<Origin>
    public internal(set) var presence: Presence
  }

  /// Whether a series of the result has a label.
  public enum Presence: Sendable, Hashable {
    case certain
    /// It has where one of these is there.
    case whereAny(Set<SourceLabel>)
    /// It depends on values, or on whether series match.
    case possible

    func or(_ other: Presence) -> Presence {
      switch (self, other) {
      case (.certain, _), (_, .certain): .certain
      case (.possible, _), (_, .possible): .possible
      case (.whereAny(let left), .whereAny(let right)): .whereAny(left.union(right))
      }
    }
  }

  /// A label of the series that a selector reads.
  public struct SourceLabel: Sendable, Hashable {
    public var selector: Int
    public var name: String
  }

  /// All labels of the series that a selector reads but for some.
  public struct Others: Sendable, Hashable {
    /// Nil for series of which nothing is known: a variable of Grafana.
    public var selector: Int?
    public var except: Set<String> = []
    /// Whether each that the series has is carried, and not only may be.
    public var isCertain = true
  }
}

extension PromQLLabels.Branch {
  /// A series of which nothing is known.
  static let unknown = Self(others: [.init(selector: nil, isCertain: false)])

  /// True where the names of its labels follow exactly from those of the series that are read.
  public var isExact: Bool {
    named.values.allSatisfy { $0.presence != .possible } && others.allSatisfy { $0.isCertain && $0.selector != nil }
  }

  /// What is known of one label, whether it is named or passes with others; nil where no series has it.
  public func label(_ name: String) -> PromQLLabels.Label? {
    if let label = named[name] { return label }
    if name.isEmpty { return nil }
    var found: PromQLLabels.Label?
    for other in others where !other.except.contains(name) {
      var label = PromQLLabels.Label(origins: [PromQLLabels.Origin(.unknown)], presence: .possible)
      if let selector = other.selector {
        label.origins = [PromQLLabels.Origin(.label(selector: selector, name: name))]
        if other.isCertain { label.presence = .whereAny([.init(selector: selector, name: name)]) }
      }
      found = found.map { $0.or(label) } ?? label
    }
    return found
  }

  func everyOrigin(except names: Set<String> = []) -> Set<PromQLLabels.Origin> {
    var all: Set<PromQLLabels.Origin> = []
    for (name, label) in named where !names.contains(name) { all.formUnion(label.origins) }
    for other in others {
      let source = other.selector.map {
        PromQLLabels.Source.everyLabel(selector: $0, except: other.except.union(names))
      }
      all.insert(PromQLLabels.Origin(source ?? .unknown))
    }
    return all
  }

  mutating func remove(_ name: String) {
    named[name] = nil
    for index in others.indices { others[index].except.insert(name) }
  }

  /// - Parameter label: nil to remove it.
  mutating func set(_ name: String, _ label: PromQLLabels.Label?) {
    remove(name)
    named[name] = label
  }

  mutating func keep(_ names: [String]) {
    named = names.reduce(into: [:]) { $0[$1] = label($1) }
    others = []
  }

  /// The same, nothing of it being certain.
  func weakened() -> Self {
    var weak = self
    for key in weak.named.keys { weak.named[key]?.presence = .possible }
    for index in weak.others.indices { weak.others[index].isCertain = false }
    return weak
  }

  /// With the names removed that were to be removed last.
  func finished(_ rules: PromQLLabels.Rules) -> Self {
    var out = self
    out.name = .kept
    for label in rules.metadata where name != .kept {
      out.set(label, name == .removed ? nil : self.label(label).map { .init(origins: $0.origins, presence: .possible) })
    }
    return out
  }

  static func unique(_ branches: [Self]) -> [Self] {
    var seen: Set<Self> = []
    let unique = branches.filter { seen.insert($0).inserted }
    return unique.count <= limit ? unique : [merged(unique)]
  }

  /// More alternatives than this become one that is not exact, so that analysis stays linear.
  static let limit = 32

  /// One that bounds all, exact in nothing.
  static func merged(_ branches: [Self]) -> Self {
    var out = Self()
    let names = branches.reduce(into: Set<String>()) { names, branch in
      names.formUnion(branch.named.keys)
      for other in branch.others { names.formUnion(other.except) }
    }
    for name in names {
      let labels = branches.compactMap { $0.label(name) }
      if let first = labels.first { out.named[name] = labels.dropFirst().reduce(first) { $0.or($1) } }
    }
    var seen: Set<Int?> = []
    for other in branches.flatMap(\.others) where seen.insert(other.selector).inserted {
      out.others.append(.init(selector: other.selector, except: names))
    }
    out = out.weakened()
    if let fate = branches.first?.name { out.name = branches.allSatisfy { $0.name == fate } ? fate : .either }
    return out
  }
}

extension PromQLLabels.Label {
  init(_ source: PromQLLabels.Source, _ presence: PromQLLabels.Presence = .certain) {
    self.init(origins: [.init(source)], presence: presence)
  }

  func or(_ other: Self) -> Self {
    Self(origins: origins.union(other.origins), presence: presence.or(other.presence))
  }

  func passing(_ passage: PromQLLabels.Passage) -> Self {
    Self(origins: Set(origins.map { $0.passing(passage) }), presence: presence)
  }
}
