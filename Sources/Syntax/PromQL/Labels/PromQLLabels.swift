/// Which series a PromQL expression reads, which labels its result can carry, and where the value of each comes from.
///
/// The result of an expression has one of several shapes (`a or b` gives series of `a` and of `b`): `alternatives` lists them.
/// Each says which labels it names, and which selectors' remaining labels pass through it. What an alternative says is an upper
/// bound of every series that the engine can return for it; where `isExact`, the names of the labels are those and no others.
///
/// Series that a recording rule made are traced by asking the labels of its expression in place of an origin's selector:
/// `origins(of:)` for one label, `everyOrigin(except:)` for a whole set, and `Passage.then` for what happens on both ways.
///
/// Source: prometheus/promql/engine.go, functions.go and info.go of 2.42 and 3.14, to which tests hold it.
public struct PromQLLabels: Sendable, Hashable {
  /// In the order of the text. An origin names one by its index.
  public internal(set) var selectors: [Selector]
  /// One at least; a scalar or a string has one without labels.
  public internal(set) var alternatives: [Branch]

  /// - Parameter rules: how the Prometheus at hand treats labels, where that differs.
  public init(_ expression: PromQLExpression, rules: Rules = Rules()) {
    var analysis = LabelAnalysis(rules: rules)
    let branches = analysis.branches(of: expression)
    alternatives = Branch.unique(branches.map { $0.finished(rules) })
    selectors = analysis.selectors
  }

  /// True where the label names of each alternative follow exactly from those of the series that are read.
  public var isExact: Bool { alternatives.allSatisfy(\.isExact) }

  /// The names of labels that are told one by one, sorted; further ones may pass (`everyOrigin`).
  public var names: [String] { Set(alternatives.flatMap { $0.named.keys }).sorted() }

  /// Where the value of a label of the result can come from; empty where the result never carries it.
  public func origins(of label: String) -> Set<Origin> {
    alternatives.reduce(into: []) { $0.formUnion($1.label(label)?.origins ?? []) }
  }

  /// Where anything that the whole label set shows can come from: `{{ $labels }}`.
  ///
  /// - Parameter names: labels that are not shown, or that what shows the set replaced.
  public func everyOrigin(except names: Set<String> = []) -> Set<Origin> {
    alternatives.reduce(into: []) { $0.formUnion($1.everyOrigin(except: names)) }
  }

  /// The labels of the result in which the text of a label that is read arrives, and how.
  ///
  /// Nothing where the selector says that the label is absent, or which values it has: text of the expression's author is none
  /// of the series'.
  public func destinations(of label: String, in selector: Int) -> [String: Set<Passage>] {
    alternatives.reduce(into: [:]) { all, branch in
      if let own = branch.label(label), branch.named[label] == nil {
        for origin in own.origins where origin.source == .label(selector: selector, name: label) {
          all[label, default: []].insert(origin.passage)
        }
      }
      for (name, value) in branch.named {
        for origin in value.origins where origin.source.mayBe(label: label, of: selector) {
          all[name, default: []].insert(origin.passage)
        }
      }
    }
  }
}

extension PromQLLabels {
  /// Where a value comes from, and how much of it arrives.
  public struct Origin: Sendable, Hashable {
    public var source: Source
    public var passage: Passage

    public init(_ source: Source, _ passage: Passage = .whole) {
      self.source = source
      self.passage = passage
    }

    func passing(_ next: Passage) -> Origin { Origin(source, passage.then(next)) }
  }

  public enum Source: Sendable, Hashable {
    /// A label of the series that a selector reads.
    case label(selector: Int, name: String)
    /// Any label of the series that a selector reads but for some.
    case everyLabel(selector: Int, except: Set<String>)
    /// Text of the expression: a matcher's value, a replacement, a separator.
    case literal(String)
    /// A sample's value as text (`count_values`), or a quantile.
    case number
    /// What a variable of Grafana stands for.
    case unknown

    func mayBe(label: String, of selector: Int) -> Bool {
      switch self {
      case .label(selector, label): true
      case .everyLabel(selector, let except): !except.contains(label)
      case .label, .everyLabel, .literal, .number, .unknown: false
      }
    }
  }

  /// How much of a value arrives.
  public enum Passage: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// The value and nothing else.
    case whole
    /// The value among other text (`label_join`).
    case combined
    /// What a regular expression took from it, if anything (`label_replace`).
    case part

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// What arrives of a value that goes both ways, one after the other.
    public func then(_ next: Passage) -> Passage { max(self, next) }
  }
}

extension PromQLExpression {
  /// Which labels its result can carry; see `PromQLLabels`.
  public func labels(rules: PromQLLabels.Rules = .init()) -> PromQLLabels { PromQLLabels(self, rules: rules) }
}
