import Foundation
import Labelled
import Vocabulary

/// Recall and false positives, in all and apart by kind, surface, language and carrier.
struct Report {
  var rows: [LabelledText]
  var scores: [Float]

  /// The score that the share `rate` of operational rows exceeds.
  func threshold(_ rate: Double) -> Float {
    let benign = zip(rows, scores).filter { !$0.0.isContent }.map(\.1).sorted(by: >)
    return benign[min(benign.count - 1, Int(Double(benign.count) * rate))]
  }

  func recall(over threshold: Float, where isMember: (LabelledText) -> Bool = { _ in true }) -> (
    count: Int, share: Double
  ) {
    share(over: threshold) { $0.isContent && !$0.isVeryShort && isMember($0) }
  }

  func falsePositives(over threshold: Float, where isMember: (LabelledText) -> Bool) -> (count: Int, share: Double) {
    share(over: threshold) { !$0.isContent && isMember($0) }
  }

  private func share(over threshold: Float, where isMember: (LabelledText) -> Bool) -> (count: Int, share: Double) {
    var (count, hits) = (0, 0)
    for (row, score) in zip(rows, scores) where isMember(row) {
      count += 1
      if score > threshold { hits += 1 }
    }
    return (count, count == 0 ? 0 : Double(hits) / Double(count))
  }

  func print() {
    for rate in [0.0005, 0.001, 0.002, 0.005, 0.01] {
      let limit = threshold(rate)
      let share = Self.percent(recall(over: limit).share)
      Swift.print("false positives \(Self.percent(rate)): recall \(share) at log-odds \(String(format: "%.2f", limit))")
    }
    let limits = [threshold(0.002), threshold(0.001)]
    for (title, key) in Self.groupings {
      Swift.print("\n\(title)  (rows, recall at 0.2 % and 0.1 %)")
      let names = Set(rows.filter { $0.isContent && !$0.isVeryShort }.map(key)).sorted()
      let lines = names.map { name in (name, limits.map { recall(over: $0) { key($0) == name } }) }
      let sorted = lines.filter { $0.1[0].count >= 20 }.sorted { ($0.1[0].share, $0.0) < ($1.1[0].share, $1.0) }
      for (name, figures) in sorted {
        let shares = figures.map { Self.percent($0.share) }.joined(separator: " ")
        Swift.print("  \(name.padding(toLength: 24, withPad: " ", startingAt: 0)) \(figures[0].count) \(shares)")
      }
    }
    Swift.print("\nfalse positives at 0.2 % and 0.1 % by kind  (rows)")
    for kind in Set(rows.filter { !$0.isContent }.map(\.kind)).sorted() {
      let figures = limits.map { falsePositives(over: $0) { $0.kind == kind } }
      let shares = figures.map { Self.percent($0.share) }.joined(separator: " ")
      Swift.print("  \(kind.padding(toLength: 28, withPad: " ", startingAt: 0)) \(figures[0].count) \(shares)")
    }
  }

  private static let groupings: [(String, @Sendable (LabelledText) -> String)] = [
    ("kind", { $0.kind }), ("surface", { $0.surface.rawValue }), ("language", { $0.lang }),
    ("carrier", { String(($0.carrier ?? "none").prefix { $0 != ":" }) }),
  ]

  private static func percent(_ share: Double) -> String { String(format: "%.2f %%", 100 * share) }
}
