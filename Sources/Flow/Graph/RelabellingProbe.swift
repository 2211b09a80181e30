import Pipelines
import Syntax

/// Tells whether text in a label comes through relabelling, by running the rules on a series that has some.
struct RelabellingProbe {
  /// A few words that no rule is written for.
  private static let words = "umas palavras de alguem 71c9"

  private let rules: PositionedValue

  /// - Parameter rules: a list of relabelling rules.
  init(_ rules: PositionedValue) { self.rules = rules }

  /// - Parameter labels: those of the series whose values are known.
  /// - Returns: the labels in which the text is then, sorted; none where it is gone, or what it stood on is dropped. What can't be
  ///   read changes nothing.
  func destinations(of label: String, beside labels: [String: String]) -> [String] {
    var series = labels
    series[label] = Self.words
    guard let rules = rules(about: Set(series.keys)), let relabelling = try? Relabelling(rules) else { return [label] }
    guard case .kept(let result) = relabelling.apply(to: series) else { return [] }
    return result.filter { $0.value.contains("palavras") }.keys.sorted()
  }

  /// The rules without those that keep or drop by labels of which nothing is known here.
  private func rules(about labels: Set<String>) -> PositionedValue? {
    guard let list = rules.array else { return nil }
    var value = rules
    value.content = .sequence(
      list.filter { rule in
        guard ["keep", "drop"].contains(rule["action"]?.string?.lowercased()) else { return true }
        return (rule["source_labels"]?.array ?? []).allSatisfy { labels.contains($0.string ?? "") }
      })
    return value
  }
}
