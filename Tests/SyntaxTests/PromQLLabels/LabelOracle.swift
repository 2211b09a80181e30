import Foundation
import Syntax

/// Holds what the analysis says of an expression against series that a real Prometheus returned.
struct LabelOracle {
  /// Why a returned series contradicts the analysis.
  enum Contradiction: Error, Hashable {
    /// No alternative allows these names, where `isExact` none is equal.
    case names
    /// A value that no origin of the label gives.
    case value(label: String)
  }

  /// What was compared.
  struct Counts {
    var evaluations = 0
    var exact = 0
    var series = 0
    var values = 0
    /// Values of which the analysis says only that a part of some value, or anything, may be in them.
    var vague = 0

    static func += (left: inout Self, right: Self) {
      left.evaluations += right.evaluations
      left.exact += right.exact
      left.series += right.series
      left.values += right.values
      left.vague += right.vague
    }
  }

  let labels: PromQLLabels
  /// By selector: the series that it reads.
  private let read: [[Series]]
  /// By selector: label names of those series, each set once.
  private let shapes: [[Set<String>]]

  /// - Parameter loaded: all series that there are, at whatever time.
  init(_ labels: PromQLLabels, loaded: [Series]) {
    self.labels = labels
    read = labels.selectors.map { selector in loaded.filter { selector.selector.reads($0) } }
    shapes = zip(labels.selectors, read).map { selector, series in
      let names = Set(series.map { Set($0.keys) })
      // Of info series, one of each name may give labels. Where a selector reads nothing, nothing of it can be carried.
      if selector.isInfo || names.isEmpty { return [names.reduce([]) { $0.union($1) }] }
      return names.sorted { $0.sorted().lexicographicallyPrecedes($1.sorted()) }
    }
  }

  /// - Throws: the first contradiction.
  func check(_ results: [Series]) throws(Contradiction) -> Counts {
    var counts = Counts(evaluations: 1, exact: labels.isExact ? 1 : 0, series: results.count)
    let predictions = self.predictions()
    for series in results {
      let names = Set(series.keys)
      let allowed = labels.alternatives.indices.filter { index in
        predictions.contains { $0[index].isExact ? $0[index].always == names : $0[index].allows(names) }
      }
      if allowed.isEmpty { throw .names }
      var failure: Contradiction?
      var isExplained = false
      for index in allowed {
        do throws(Contradiction) {
          let vague = try explain(series, by: labels.alternatives[index])
          counts.vague += vague
          counts.values += series.count
          isExplained = true
          break
        } catch { failure = error }
      }
      if !isExplained, let failure { throw failure }
    }
    return counts
  }

  /// For each choice of one kind of series per selector.
  private func predictions() -> [[PromQLLabels.Prediction]] {
    var choices: [[Set<String>]] = [[]]
    for shape in shapes {
      choices = choices.flatMap { choice in shape.map { choice + [$0] } }
      precondition(choices.count < 100_000, "too many kinds of series for one expression")
    }
    return choices.map { choice in labels.predicted { choice[$0] } }
  }

  /// - Returns: How many values are explained by next to nothing.
  private func explain(_ series: Series, by branch: PromQLLabels.Branch) throws(Contradiction) -> Int {
    var vague = 0
    for (name, value) in series {
      let origins = branch.label(name)?.origins ?? []
      if isExplained(value, by: origins) { continue }
      guard origins.contains(where: mayExplainAnything) else { throw .value(label: name) }
      vague += 1
    }
    return vague
  }

  /// Whether a value is one that arrives whole, or is put together from those that arrive among others.
  private func isExplained(_ value: String, by origins: Set<PromQLLabels.Origin>) -> Bool {
    if origins.contains(where: { $0.source == .number }), Double(value) != nil || value.hasPrefix("{") { return true }
    if origins.contains(where: { $0.passage == .whole && texts($0.source).contains(value) }) { return true }
    let pieces = Set(origins.filter { $0.passage == .combined }.flatMap { texts($0.source) })
    let bytes = Array(value.utf8)
    var reached = [true] + [Bool](repeating: false, count: bytes.count)
    for start in bytes.indices where reached[start] {
      for piece in pieces where bytes[start...].starts(with: piece.utf8) { reached[start + piece.utf8.count] = true }
    }
    return !bytes.isEmpty && reached[bytes.count]
  }

  private func mayExplainAnything(_ origin: PromQLLabels.Origin) -> Bool {
    switch origin.source {
    case .unknown: true
    case .number: origin.passage != .whole
    case .label, .everyLabel, .literal: origin.passage == .part && !texts(origin.source).isEmpty
    }
  }

  private func texts(_ source: PromQLLabels.Source) -> [String] {
    switch source {
    case .label(let selector, let name): read[selector].compactMap { $0[name] }
    case .everyLabel(let selector, let except):
      read[selector].flatMap { $0.filter { !except.contains($0.key) }.values }
    case .literal(let text): [text]
    case .number, .unknown: []
    }
  }
}

extension PromQLSelector {
  /// Whether it reads a series; written apart from the analysis, so that both can't be wrong alike.
  fileprivate func reads(_ series: Series) -> Bool {
    if let name, series["__name__"] != name { return false }
    return matchers.allSatisfy { matcher in
      let value = series[matcher.name] ?? ""
      switch matcher.op {
      case .equal: return value == matcher.value
      case .notEqual: return value != matcher.value
      case .matches: return Self.matches(value, matcher.value)
      case .matchesNot: return !Self.matches(value, matcher.value)
      }
    }
  }

  private static func matches(_ value: String, _ pattern: String) -> Bool {
    let expression = try! NSRegularExpression(pattern: "^(?:\(pattern))\\z", options: .dotMatchesLineSeparators)
    return expression.firstMatch(in: value, range: NSRange(value.startIndex..., in: value)) != nil
  }
}
