import Contracts
import Vocabulary

/// What a person reads after learning: never a value of the samples.
struct LearningPage {
  /// Decisions that are written out; the rest is counted.
  static let maximumDecisions = 200

  private let summary: LearningSummary
  private let coverage: [Coverage]
  private let source: String

  init(_ summary: LearningSummary, coverage: [Coverage], source: String) {
    self.summary = summary
    self.coverage = coverage
    self.source = source
  }

  var status: ExitStatus {
    let isWhole = coverage.allSatisfy { $0.outcome == .judged || $0.outcome == .judgedAsText }
    if summary.content > 0 { return .findings }
    return isWhole && summary.lines > 0 && summary.overflow == 0 ? .clean : .incomplete
  }

  var text: String {
    var lines = [
      "\(source): \(summary.lines) lines read; \(summary.claimedBefore) were claimed before, \(summary.claimed) are claimed now."
    ]
    if summary.forbidden > 0 { lines.append("\(summary.forbidden) lines are what the contract forbids.") }
    lines += content + hosts + decisions
    if summary.overflow > 0 {
      lines.append(
        "\(summary.overflow) lines are of forms beyond the number that is told apart: learn from fewer sources at once."
      )
    }
    for entry in coverage where entry.outcome == .incomplete || entry.outcome == .unreachable {
      lines.append("\(entry.sink.name): not read whole: \(entry.notes.joined(separator: "; "))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var content: [String] {
    guard summary.content > 0 else { return [] }
    let more = summary.content - summary.contentPlaces.count
    return [
      "\(summary.content) lines read like conversation; nothing was learned from them: "
        + summary.contentPlaces.map(\.description).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    ]
  }

  private var hosts: [String] {
    guard summary.undeclaredHosts > 0 else { return [] }
    return [
      "Decide: \(summary.undeclaredHosts) of \(summary.hosts) hosts that lines name ({hostname}) are not in the inventory; their lines "
        + "are not claimed until they are declared (--fleet)."
    ]
  }

  private var decisions: [String] {
    var lines: [String] = []
    for decision in summary.decisions.prefix(Self.maximumDecisions) {
      lines.append("Decide: \(decision.first): \(decision.count) lines: \(Self.visible(decision.template))")
      if decision.gaps.isEmpty {
        lines.append(
          "    of \(decision.forms) forms, each in too few lines to say which words are the program's: write templates for those "
            + "that are meant, or leave them unclaimed")
      }
      for (index, gap) in decision.gaps.enumerated() {
        let bytes =
          gap.lengths.count == 1
          ? "\(gap.lengths.lowerBound)" : "\(gap.lengths.lowerBound) to \(gap.lengths.upperBound)"
        lines.append(
          "    {?} \(index + 1): \(gap.distinct)\(gap.isCapped ? " or more" : "") values of \(bytes) bytes (\(gap.shape)): \(Self.choices(gap))"
        )
      }
    }
    let rest = summary.decisions.count - Self.maximumDecisions
    if rest > 0 { lines.append("\(rest) more to decide stand in the contract under undecided.") }
    return lines
  }

  private static func choices(_ gap: LineDecision.Gap) -> String {
    gap.isValue
      ? "a name of the inventory ({model}, {hostname} …), {enum:…} or {path:…} of what the program itself can say, a closed type, or "
        + "leave the line out"
      : "{enum:…} of the program's own words, or leave the line out"
  }

  /// Control characters, as in coloured lines, by their signs.
  private static func visible(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? Unicode.Scalar(0x2400 + $0.value)! : $0 }))
  }
}
