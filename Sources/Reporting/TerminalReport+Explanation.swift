import Vocabulary

extension TerminalReport {
  /// Findings that are explained one by one; `findings.json` has the evidence of all.
  static let maximumExplained = 20

  /// Why each finding was made: what was seen, how much it weighs, the sum against what is needed, and the fingerprint by which an
  /// exception names it; then what the rules that saw it look for.
  static func explanation(of report: RunReport, on page: inout TerminalPage) {
    let findings = report.sortedFindings
    guard !findings.isEmpty else { return }
    page.blank()
    page.line([("WHY", .bold), (Figures.count(findings.count, "finding"), nil)])
    for finding in findings.prefix(maximumExplained) { explain(finding, on: &page) }
    if findings.count > maximumExplained {
      page.line("and \(Figures.grouped(findings.count - maximumExplained)) more in findings.json", .dim, indent: 4)
    }
    let shown = findings.prefix(maximumExplained)
    let rules = Set(shown.flatMap { $0.evidence.map(\.detector) + ($0.canary == nil ? [] : [$0.rule]) })
    let help = report.rules.filter { rules.contains($0.id) }.sorted { $0.id < $1.id }
    guard !help.isEmpty else { return }
    page.blank()
    page.line([("RULES", .bold), ("behind these findings", nil)])
    for rule in help {
      page.line([("\(rule.id):", .bold), (rule.title, nil)], lead: (bullet(page), nil), indent: 4, leadIndent: 2)
      if !rule.rationale.isEmpty { page.line(rule.rationale, indent: 4) }
      if !rule.remedy.isEmpty { arrow(rule.remedy, indent: 4, on: &page) }
    }
  }

  private static func explain(_ finding: Finding, on page: inout TerminalPage) {
    page.line(
      [("\(finding.rule):", .bold), (finding.sink.whereabouts(finding.locations.first), nil)],
      lead: (bullet(page), style(of: finding.severity)), indent: 4, leadIndent: 2)
    page.line([("fingerprint", .dim), (finding.fingerprint, .dim)], indent: 6)
    if let canary = finding.canary { page.line("\(canary) of this run; no sum is needed", indent: 6) }
    for evidence in finding.evidence {
      let decodings = evidence.decodings.isEmpty ? "" : ", decoded: \(evidence.decodings.joined(separator: ", "))"
      page.line(
        [(evidence.detector, .bold), ("bytes \(evidence.start) to \(evidence.end)\(decodings)", nil)],
        lead: (Figures.logOdds(evidence.weight), nil), indent: 14, leadIndent: 6)
      if let reasons = evidence.reasons { page.line(reasons.joined(separator: ", "), .dim, indent: 14) }
    }
    if let score = finding.score {
      let needed = finding.threshold.map { "(content on this surface needs \(Figures.logOdds($0)))" } ?? ""
      page.line([("in all", .bold), (needed, nil)], lead: (Figures.logOdds(score), .bold), indent: 14, leadIndent: 6)
    }
  }
}
