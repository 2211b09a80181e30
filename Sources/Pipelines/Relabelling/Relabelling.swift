public import Expressions
public import Syntax
public import Vocabulary

/// A list of relabelling rules, and what becomes of a set of labels under it.
public final class Relabelling {
  public enum Outcome: Sendable, Hashable {
    case kept([String: String])
    /// By the rule of that index.
    case dropped(rule: Int)
  }

  public let rules: [RelabelRule]

  /// Reads the value of `relabel_configs` or `metric_relabel_configs`.
  ///
  /// - Parameter version: of Prometheus; it decides about newlines and about label names.
  public init(_ value: PositionedValue, path: String? = nil, version: RE2.Anchoring = .prometheus3) throws(Fault) {
    guard let elements = value.array ?? (value.isNull ? [] : nil) else {
      throw Fields.fault("expected a list of relabelling rules", at: value, path: path)
    }
    var rules: [RelabelRule] = []
    for element in elements { rules.append(try RelabelRule(element, path: path, version: version)) }
    self.rules = rules
  }

  /// - Parameter labels: with `__name__` for a series' name. An empty value is as none.
  public func apply(to labels: [String: String]) -> Outcome {
    var labels = labels.filter { !$0.value.isEmpty }
    for (index, rule) in rules.enumerated() where !rule.apply(to: &labels) { return .dropped(rule: index) }
    return .kept(labels)
  }
}
