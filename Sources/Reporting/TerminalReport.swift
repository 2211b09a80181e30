public import Vocabulary

/// The summary at the end of a run: what came out, what stands against it, what to do; then what it rests on.
///
/// Verdicts and outcomes are words; colour and signs only repeat them.
public enum TerminalReport: Renderer {
  public static let name = "terminal"
  public static let fileName: String? = nil

  /// Checks or sinks shown of a list; the files hold the rest.
  static let maximumEntries = 10
  static let indent = 11

  public static func render(_ report: RunReport, options: RenderOptions) throws(Fault) -> [UInt8] {
    var page = TerminalPage(options)
    header(report, on: &page)
    let groups = report.ruleGroups
    findings(groups.filter { $0.severity >= report.gate }, on: &page)
    openChecks(report, on: &page)
    unjudged(report, on: &page)
    summaries(groups.filter { $0.severity < report.gate }, on: &page)
    accepted(report, on: &page)
    if options.explains { explanation(of: report, on: &page) }
    page.blank()
    facts(report, options, on: &page)
    return Array(page.text.utf8)
  }

  private static func header(_ report: RunReport, on page: inout TerminalPage) {
    page.line([("Sigilo \(report.toolVersion)", .bold), (report.job, nil), ("run \(report.run.prefix(16))", .dim)])
    page.line(report.subject)
    page.blank()
    let style: TerminalPage.Style =
      switch report.verdict {
      case .pass: .onGreen
      case .fail: .onRed
      case .incomplete: .onYellow
      }
    let word = report.verdict.rawValue.uppercased()
    let indent = word.count + 3
    page.line([(report.conclusion, .bold)], lead: (" \(word) ", style), indent: indent)
    if !report.isComplete, report.verdict != .incomplete {
      page.line("The run is also incomplete: what was not judged may hold more.", indent: indent)
    }
    for remark in report.remarks { page.line(remark, .yellow, indent: indent) }
    for check in report.leakChecks { line(of: check, indent: indent, on: &page) }
  }

  /// Checks that failed or were skipped, by name; what a planted leak's checks say stands under the verdict.
  private static func openChecks(_ report: RunReport, on page: inout TerminalPage) {
    for (outcome, style) in [(Check.Outcome.failed, TerminalPage.Style.red), (.skipped, .yellow)] {
      let checks = report.checks.filter { $0.outcome == outcome && $0.stage != RunReport.leakStage }
      guard !checks.isEmpty else { continue }
      page.blank()
      page.line([(outcome.rawValue.uppercased(), style), (Figures.count(checks.count, "check"), .bold)])
      for check in checks.prefix(maximumEntries) { line(of: check, indent: 2, on: &page) }
      more(checks.count, of: "findings.json", indent: 4, on: &page)
    }
  }

  private static func unjudged(_ report: RunReport, on page: inout TerminalPage) {
    for (outcome, style) in [(Coverage.Outcome.unreachable, TerminalPage.Style.red), (.incomplete, .yellow)] {
      let sinks = report.sinks(outcome)
      guard !sinks.isEmpty else { continue }
      page.blank()
      page.line([(outcome.rawValue.uppercased(), style), (Figures.count(sinks.count, "sink"), .bold)])
      for coverage in sinks.prefix(maximumEntries) {
        page.line(
          [(coverage.sink.description, nil), (coverage.notes.joined(separator: "; "), .dim)],
          lead: (page.isUnicode ? "•" : "*", style), indent: 4, leadIndent: 2)
      }
      more(sinks.count, of: "coverage.json", indent: 4, on: &page)
    }
  }

  /// What is accepted: each with who accepts it, until when and why. What the baseline knows is counted, for it has neither.
  private static func accepted(_ report: RunReport, on page: inout TerminalPage) {
    guard let summary = report.acceptedSummary else { return }
    page.blank()
    page.line([
      ("ACCEPTED", .bold), (Figures.count(report.acceptedFindings.count, "finding"), .bold), ("(\(summary))", .dim),
    ])
    let named = report.acceptedFindings.filter { $0.accepted?.kind != .baseline }
    for finding in named.prefix(maximumEntries) {
      guard let accepted = finding.accepted else { continue }
      page.line(
        [
          ("\(finding.rule):", .bold), (finding.sink.briefWhereabouts(finding.locations.first), nil),
          (accepted.authority.map { "(\($0))" } ?? "", .dim),
        ],
        lead: (bullet(page), style(of: finding.severity)), indent: 4, leadIndent: 2)
      page.line(accepted.grounds, indent: 4)
    }
    more(named.count, of: "findings.json", indent: 4, on: &page)
  }

  private static func facts(_ report: RunReport, _ options: RenderOptions, on page: inout TerminalPage) {
    if !report.checks.isEmpty {
      let stages = report.stages.flatMap { stage in
        let passed = stage.checks.count { $0.outcome == .passed }
        return [
          mark(stage.worst, on: page),
          ("\(stage.name) \(Figures.grouped(passed)) of \(Figures.grouped(stage.checks.count))", nil),
        ]
      }
      row("Checks", stages, on: &page)
    }
    row("Coverage", [(report.coverageSummary, nil)], on: &page)
    if !report.coverage.isEmpty {
      let subjects = report.subjects.map { "\($0.name) (\(Figures.grouped($0.sinks)))" }
      row("Subjects", [(subjects.joined(separator: ", "), nil)], on: &page)
    }
    let held = report.coverage.filter { $0.claims != nil }
    for coverage in held.prefix(5) {
      row("Contract", [("\(coverage.contractSummary) claimed in \(coverage.sink)", nil)], on: &page)
    }
    if held.count > 5 { row("Contract", [("and \(held.count - 5) sinks more in coverage.json", nil)], on: &page) }
    if let baseline = report.baseline { row("Baseline", [(baseline.summary, nil)], on: &page) }
    if !report.engines.isEmpty {
      row(
        "Engines", [(report.sortedEngines.map { "\($0.name) \($0.version)" }.joined(separator: ", "), nil)], on: &page)
    }
    switch report.bundle {
    case .sealed(let bundle):
      row(
        "Bundle", [("sealed:", .green), ("\(bundle.path) (\(bundle.summary), key \(bundle.publicKey))", nil)], on: &page
      )
    case .unsealed(let reason): row("Bundle", [("not sealed:", .yellow), (reason, nil)], on: &page)
    case nil: break
    }
    for (index, limit) in report.limits.enumerated() {
      page.line([(limit, nil)], lead: (index == 0 ? "Limits" : "", .bold), indent: indent)
    }
    if let reports = options.reports { row("Reports", [(reports, nil)], on: &page) }
  }

  private static func row(_ label: String, _ pieces: [TerminalPage.Piece], on page: inout TerminalPage) {
    page.line(pieces, lead: (label, .bold), indent: indent)
  }

  private static func line(of check: Check, indent: Int, on page: inout TerminalPage) {
    let mark = mark(check.outcome, on: page)
    let text = check.detail.map { "\(check.name): \($0)" } ?? check.name
    page.line([(text, nil)], lead: mark, indent: indent + mark.text.count + 1, leadIndent: indent)
  }

  private static func more(_ count: Int, of file: String, indent: Int, on page: inout TerminalPage) {
    if count > maximumEntries {
      page.line("and \(Figures.grouped(count - maximumEntries)) more in \(file)", .dim, indent: indent)
    }
  }

  private static func mark(_ outcome: Check.Outcome, on page: TerminalPage) -> TerminalPage.Piece {
    switch outcome {
    case .passed: (page.marks.passed, .green)
    case .failed: (page.marks.failed, .red)
    case .skipped: (page.marks.skipped, .yellow)
    }
  }
}
