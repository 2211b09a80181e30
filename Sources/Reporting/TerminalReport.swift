public import Vocabulary

/// The summary at the end of a run: what came out, what it rests on, where the rest is.
///
/// Verdicts and outcomes are words; colour and signs only repeat them.
public enum TerminalReport: Renderer {
  public static let name = "terminal"
  public static let fileName: String? = nil

  /// Findings shown of each severity, and sinks or checks of each list; the files hold the rest.
  static let maximumEntries = 20
  static let indent = 11

  public static func render(_ report: RunReport, options: RenderOptions) throws(Fault) -> [UInt8] {
    var page = TerminalPage(options)
    header(report, on: &page)
    for severity in Severity.allCases.reversed() { findings(report, severity, on: &page) }
    page.blank()
    if !report.checks.isEmpty { checks(report, on: &page) }
    coverage(report, on: &page)
    facts(report, options, on: &page)
    return Array(page.text.utf8)
  }

  private static func header(_ report: RunReport, on page: inout TerminalPage) {
    page.line([("Sigilo \(report.toolVersion)", .bold), (report.job, nil), ("run \(report.run.prefix(16))", .dim)])
    page.line(report.subject)
    if let leak = report.leak { page.line([("planted leak:", nil), (leak, .yellow)]) }
    if !report.without.isEmpty {
      page.line([("switched off:", nil), (Figures.list(report.without.map(\.rawValue)), .yellow)])
    }
    page.blank()
    let style: TerminalPage.Style =
      switch report.verdict {
      case .pass: .onGreen
      case .fail: .onRed
      case .incomplete: .onYellow
      }
    let word = report.verdict.rawValue.uppercased()
    page.line([(report.conclusion, .bold)], lead: (" \(word) ", style), indent: word.count + 3)
    if !report.isComplete, report.verdict != .incomplete {
      page.line("The run is also incomplete: what was not judged may hold more.", indent: word.count + 3)
    }
  }

  private static func findings(_ report: RunReport, _ severity: Severity, on page: inout TerminalPage) {
    let findings = report.open(severity)
    guard !findings.isEmpty else { return }
    let style = style(of: severity)
    page.blank()
    page.line([
      (severity.rawValue.uppercased(), style), (Figures.count(findings.count, "finding"), .bold),
      (severity < report.gate ? "below the gate" : "", .dim),
    ])
    for finding in findings.prefix(maximumEntries) {
      page.line(
        [(finding.rule, .bold), ("in", nil), (finding.sink.description, nil)],
        lead: (page.isUnicode ? "•" : "*", style), indent: 4, leadIndent: 2)
      let place = finding.locations.first?.description ?? ""
      page.line(
        [(place, nil), (finding.count > 1 ? "(first of \(Figures.grouped(finding.count)))" : "", .dim)], indent: 4)
      page.line(finding.message, indent: 4)
      if let remedy = report.remedy(for: finding) {
        page.line([(remedy, nil)], lead: (page.isUnicode ? "→" : "->", .blue), indent: 7, leadIndent: 4)
      }
    }
    if findings.count > maximumEntries {
      page.line("and \(Figures.grouped(findings.count - maximumEntries)) more in findings.json", .dim, indent: 4)
    }
  }

  private static func checks(_ report: RunReport, on page: inout TerminalPage) {
    page.line("Checks", .bold)
    for (stage, checks) in report.stages {
      let failed = checks.filter { $0.outcome == .failed }
      let skipped = checks.filter { $0.outcome == .skipped }
      let outcome: Check.Outcome =
        !failed.isEmpty ? .failed : skipped.count == checks.count ? .skipped : .passed
      var parts = ["\(checks.count - failed.count - skipped.count) passed"]
      if !failed.isEmpty { parts.append("\(failed.count) failed") }
      if !skipped.isEmpty { parts.append("\(skipped.count) skipped") }
      page.line(
        [mark(outcome, on: page), (parts.joined(separator: ", "), nil)], lead: (stage, nil), indent: indent,
        leadIndent: 2)
      for check in (failed + skipped).prefix(maximumEntries) {
        let detail = check.detail.map { "\(check.name): \($0)" } ?? check.name
        page.line([mark(check.outcome, on: page), (detail, nil)], indent: indent + 2)
      }
    }
  }

  private static func coverage(_ report: RunReport, on page: inout TerminalPage) {
    row("Coverage", [(report.coverageSummary, nil)], on: &page)
    for (outcome, style) in [
      (Coverage.Outcome.unreachable, TerminalPage.Style.red), (.incomplete, .yellow), (.judgedAsText, .dim),
    ] {
      let sinks = report.sinks(outcome)
      for coverage in sinks.prefix(maximumEntries) {
        let why = coverage.notes.isEmpty ? "" : "(\(coverage.notes.joined(separator: "; ")))"
        page.line([(outcome.rawValue, style), (coverage.sink.description, nil), (why, .dim)], indent: indent + 2)
      }
      if sinks.count > maximumEntries {
        page.line(
          "and \(Figures.grouped(sinks.count - maximumEntries)) more \(outcome.rawValue) in coverage.json", .dim,
          indent: indent + 2)
      }
    }
    if !report.coverage.isEmpty {
      let subjects = report.subjects.map { "\($0.name) (\($0.sinks))" }
      row("Subjects", [(subjects.joined(separator: ", "), nil)], on: &page)
    }
  }

  private static func facts(_ report: RunReport, _ options: RenderOptions, on page: inout TerminalPage) {
    let accepted = report.findings.count { $0.accepted != nil }
    if accepted > 0 {
      row("Accepted", [("\(Figures.count(accepted, "finding")) by exceptions of the policy", nil)], on: &page)
    }
    if !report.engines.isEmpty {
      row(
        "Engines", [(report.sortedEngines.map { "\($0.name) \($0.version)" }.joined(separator: ", "), nil)], on: &page)
    }
    switch report.bundle {
    case .sealed(let bundle):
      row(
        "Bundle", [("sealed:", .green), ("\(bundle.path) (\(bundle.summary), key \(bundle.publicKey))", nil)], on: &page
      )
    case .unsealed(let reason): row("Bundle", [("not sealed:", nil), (reason, nil)], on: &page)
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

  private static func mark(_ outcome: Check.Outcome, on page: TerminalPage) -> TerminalPage.Piece {
    switch outcome {
    case .passed: (page.marks.passed, .green)
    case .failed: (page.marks.failed, .red)
    case .skipped: (page.marks.skipped, .yellow)
    }
  }

  private static func style(of severity: Severity) -> TerminalPage.Style {
    switch severity {
    case .content: .red
    case .exposure: .yellow
    case .hygiene: .blue
    }
  }
}
