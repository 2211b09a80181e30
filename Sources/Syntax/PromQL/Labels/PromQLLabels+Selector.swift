import Expressions

extension PromQLLabels {
  /// Series that an expression reads.
  public struct Selector: Sendable, Hashable {
    public var selector: PromQLSelector
    /// UTF-8 offsets of the selector in the text.
    public var range: Range<Int>
    /// Whether `info()` reads it, by itself or by its second argument, to take labels from it.
    public var isInfo = false

    /// The name of the metric where there is one and no variable in it.
    public var metric: String? {
      if let name = selector.name { return GrafanaVariable.occurs(in: name) ? nil : name }
      return namePins.first { $0.op == .equal && !$0.hasVariable }?.value
    }

    /// Whether it may read series of a metric, as far as names tell: a variable may stand for anything.
    public func mayRead(_ metric: String) -> Bool {
      if let name = selector.name, !GrafanaVariable.occurs(in: name) { return name == metric }
      return namePins.allSatisfy { $0.hasVariable || $0.accepts(metric) }
    }

    private var namePins: [LabelMatcher] { selector.matchers.filter { $0.name == "__name__" } }

    /// What series look like that it reads, as far as its matchers tell.
    func branch(_ index: Int) -> Branch {
      var branch = Branch(others: [.init(selector: index)])
      if let name = selector.name {
        let source: Source =
          GrafanaVariable.occurs(in: name) ? .label(selector: index, name: "__name__") : .literal(name)
        branch.set("__name__", Label(source))
      }
      for (name, matchers) in Dictionary(grouping: selector.matchers, by: \.name) {
        let matchers = matchers.filter { !$0.hasVariable }
        // A quoted name beside a matcher on names: the name stands.
        if matchers.isEmpty || name == "__name__" && selector.name != nil { continue }
        if let values = matchers.lazy.compactMap(\.values).first?.filter({ value in
          matchers.allSatisfy { $0.accepts(value) }
        }) {
          let texts = values.subtracting([""])
          let isCertain = texts.count == values.count
          branch.set(
            name,
            texts.isEmpty
              ? nil
              : Label(
                origins: Set(texts.map { Origin(.literal($0)) }),
                presence: isCertain ? .certain : .whereAny([.init(selector: index, name: name)])))
        } else if matchers.contains(where: { !$0.accepts("") }) {
          branch.set(name, Label(.label(selector: index, name: name)))
        }
      }
      return branch
    }
  }
}

extension LabelMatcher {
  var hasVariable: Bool { GrafanaVariable.occurs(in: value) || GrafanaVariable.occurs(in: name) }

  /// The values that it accepts where it lists them: `a`, or `a|b` as a regular expression.
  var values: Set<String>? {
    switch op {
    case .equal: return [value]
    case .notEqual, .matchesNot: return nil
    case .matches:
      var list = value[...]
      if list.hasPrefix("("), list.hasSuffix(")") { list = list.dropFirst(list.hasPrefix("(?:") ? 3 : 1).dropLast() }
      let words = list.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      return words.allSatisfy { $0.utf8.allSatisfy(Self.isPlain) } ? Set(words) : nil
    }
  }

  /// Bytes that stand for themselves in a regular expression.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte > 0x20 && !#"\.+*?()|[]{}^$"#.utf8.contains(byte)
  }

  /// Whether a label of this value (empty where there is none) meets it; true for a regular expression that is none.
  public func accepts(_ text: String) -> Bool {
    switch op {
    case .equal: text == value
    case .notEqual: text != value
    case .matches: Self.matches(value, text) ?? true
    case .matchesNot: Self.matches(value, text).map { !$0 } ?? true
    }
  }

  private static func matches(_ pattern: String, _ text: String) -> Bool? {
    guard let expression = try? RE2(pattern, anchored: .prometheus3) else { return nil }
    return RE2Matcher(expression).matches(Array(text.utf8))
  }
}
