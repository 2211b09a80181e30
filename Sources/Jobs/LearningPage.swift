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
    if summary.content + summary.metrics.content > 0 { return .findings }
    return isWhole && summary.lines + summary.metrics.samples > 0 && summary.overflow == 0 ? .clean : .incomplete
  }

  var text: String {
    var lines = counts + skipped + hosts + labels + decisions + choices
    if summary.overflow > 0 {
      lines.append(
        "\(summary.overflow) are beyond the number of forms that is told apart: learn from fewer sources at once.")
    }
    for entry in coverage where entry.outcome == .incomplete || entry.outcome == .unreachable {
      lines.append("\(entry.sink.name): not read whole: \(entry.notes.joined(separator: "; "))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - What was read

  private var counts: [String] {
    let metrics = summary.metrics
    var lines: [String] = []
    if summary.lines > 0 || metrics.samples == 0 {
      lines.append(
        "\(source): \(summary.lines) lines read; \(summary.claimedBefore) were claimed before, \(summary.claimed) are claimed now."
      )
    }
    if metrics.samples > 0 {
      lines.append(
        "\(source): \(metrics.samples) samples of \(metrics.families) families read; \(metrics.claimed) families are claimed now."
      )
    }
    let forbidden = summary.forbidden + metrics.forbidden
    if forbidden > 0 { lines.append("\(forbidden) lines, names or values are what the contract forbids.") }
    return lines
  }

  private var skipped: [String] {
    let metrics = summary.metrics
    return Self.places(
      summary.content, summary.contentPlaces, "lines read like conversation; nothing was learned from them")
      + Self.places(
        metrics.content, metrics.contentPlaces, "label values read like conversation; nothing was learned from them")
      + Self.places(
        metrics.names, metrics.namePlaces,
        "names of metrics or labels can't be written down; nothing was learned from them")
  }

  private static func places(_ count: Int, _ places: [LearningPlace], _ what: String) -> [String] {
    guard count > 0 else { return [] }
    let more = count > places.count ? " and \(count - places.count) more" : ""
    return ["\(count) \(what): \(places.map(\.description).joined(separator: ", "))\(more)"]
  }

  // MARK: - What to decide

  private var hosts: [String] {
    guard summary.undeclaredHosts > 0 else { return [] }
    return [
      "Decide: \(summary.undeclaredHosts) of \(summary.hosts) hosts that lines name ({hostname}) are not in the inventory; "
        + "their lines are not claimed until they are declared (--fleet)."
    ]
  }

  private var labels: [String] {
    summary.labels.map { decision in
      let families = decision.families.count == 1 ? decision.families[0] : "\(decision.families.count) families"
      return "Decide: \(decision.first): label \(decision.label) of \(families): \(Self.values(decision.values))"
    }
  }

  private var decisions: [String] {
    var lines: [String] = []
    for decision in summary.decisions.prefix(Self.maximumDecisions) {
      lines.append(
        "Decide: \(decision.first): \(Self.counted(decision.count, "line")): \(Self.visible(decision.template))")
      if decision.gaps.isEmpty {
        lines.append(
          "    of \(Self.counted(decision.forms, "form")), each in too few lines to say which words are the program's"
        )
      }
      for (index, gap) in decision.gaps.enumerated() {
        lines.append(
          "    {?} \(index + 1): \(Self.values(gap))\(gap.isValue ? "" : ", where words of the program stand")")
      }
    }
    let rest = summary.decisions.count - Self.maximumDecisions
    if rest > 0 { lines.append("\(rest) more to decide stand in the contract under undecided.") }
    return lines
  }

  private var choices: [String] {
    guard !summary.decisions.isEmpty || !summary.labels.isEmpty else { return [] }
    return [
      "For each {?} and label: a name of the inventory ({model}, {hostname} …), {enum:…} or {path:…} of what the program itself "
        + "can say, another closed type, or leave it out. Until then none of it is claimed."
    ]
  }

  private static func values(_ gap: LineDecision.Gap) -> String {
    let (least, most) = (gap.lengths.lowerBound, gap.lengths.upperBound)
    return
      "\(gap.isCapped ? "at least " : "")\(counted(gap.distinct, "value")) of "
      + "\(least == most ? "" : "\(least) to ")\(counted(most, "byte")) (\(gap.shape))"
  }

  private static func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

  /// Control characters, as in coloured lines, by their signs.
  private static func visible(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      result.unicodeScalars.append(scalar.value < 0x20 ? Unicode.Scalar(0x2400 + scalar.value) ?? scalar : scalar)
    }
  }
}
