import Vocabulary

extension TerminalReport {
  /// Rules of one severity that are told in full; further ones get a line each, for the first screen must say it all.
  static let maximumRules = 4
  /// Rules that get a line each.
  static let maximumSummaries = 16
  /// Sinks named of each rule.
  static let maximumSinks = 3

  /// What stands against the run: each rule with what it says, where it was seen, and what to do.
  static func findings(_ groups: [RuleGroup], on page: inout TerminalPage) {
    for severity in Severity.allCases.reversed() {
      let groups = groups.filter { $0.severity == severity }
      guard !groups.isEmpty else { continue }
      heading(groups, remark: nil, on: &page)
      for group in groups.prefix(maximumRules) { entry(group, on: &page) }
      list(groups.dropFirst(maximumRules), on: &page)
    }
  }

  /// What stands below the gate: a line for each rule.
  static func summaries(_ groups: [RuleGroup], on page: inout TerminalPage) {
    for severity in Severity.allCases.reversed() {
      let groups = groups.filter { $0.severity == severity }
      guard !groups.isEmpty else { continue }
      heading(groups, remark: "(below the gate)", on: &page)
      list(groups[...], on: &page)
    }
  }

  private static func heading(_ groups: [RuleGroup], remark: String?, on page: inout TerminalPage) {
    let findings = groups.reduce(0) { $0 + $1.findings.count }
    let sightings = groups.reduce(0) { $0 + $1.sightings }
    var parts = [Figures.count(findings, "finding")]
    if sightings > findings { parts.append(Figures.count(sightings, "sighting")) }
    parts.append(Figures.count(groups.count, "rule"))
    page.blank()
    page.line([
      (groups[0].severity.rawValue.uppercased(), style(of: groups[0].severity)), (remark ?? "", .dim),
      (parts.joined(separator: ", "), .bold),
    ])
  }

  private static func entry(_ group: RuleGroup, on page: inout TerminalPage) {
    page.line(
      [("\(group.rule):", .bold), (group.title ?? "", nil)],
      lead: (bullet(page), style(of: group.severity)), indent: 4, leadIndent: 2)
    for entry in group.entries.prefix(maximumSinks) {
      page.line(
        [(entry.briefWhereabouts, nil), (entry.extent.map { "(\($0))" } ?? "", .dim)],
        lead: (page.isUnicode ? "·" : "-", .dim), indent: 6, leadIndent: 4)
      if let message = entry.message { page.line(message, indent: 6) }
      flow(entry.flow, on: &page)
      if let remedy = entry.remedy { arrow(remedy, indent: 6, on: &page) }
      for line in entry.paste { page.line(ofFile: line, indent: 8) }
    }
    if group.entries.count > maximumSinks {
      let rest = group.entries.count - maximumSinks
      let what = group.entries.count == group.sinks ? Figures.count(rest, "more sink") : "\(Figures.grouped(rest)) more"
      page.line("and \(what) in findings.json", .dim, indent: 6)
    }
    if let remedy = group.remedy { arrow(remedy, indent: 4, on: &page) }
  }

  /// One station a line, each under the one before.
  private static func flow(_ steps: [FindingStep], on page: inout TerminalPage) {
    for (index, step) in steps.enumerated() {
      let mark = index == 0 ? "from" : page.isUnicode ? "↳" : "->"
      let place = step.location.map { "(\($0))" } ?? ""
      page.line(
        [(step.text, nil), (place, .dim)], lead: (mark, .dim), indent: 6 + mark.count + 1, leadIndent: 6)
    }
  }

  private static func list(_ groups: ArraySlice<RuleGroup>, on page: inout TerminalPage) {
    for group in groups.prefix(maximumSummaries) {
      let extent =
        group.sinks == 1 ? group.entries[0].briefWhereabouts : Figures.count(group.sinks, "sink")
      page.line(
        [("\(group.rule):", .bold), (group.title ?? group.entries[0].message ?? "", nil), ("(\(extent))", .dim)],
        lead: (bullet(page), style(of: group.severity)), indent: 4, leadIndent: 2)
    }
    if groups.count > maximumSummaries {
      page.line(
        "and \(Figures.count(groups.count - maximumSummaries, "more rule")) in findings.json", .dim, indent: 4)
    }
  }

  static func arrow(_ remedy: String, indent: Int, on page: inout TerminalPage) {
    let arrow = page.isUnicode ? "→" : "->"
    page.line([(remedy, nil)], lead: (arrow, .blue), indent: indent + arrow.count + 1, leadIndent: indent)
  }

  static func bullet(_ page: TerminalPage) -> String { page.isUnicode ? "•" : "*" }

  static func style(of severity: Severity) -> TerminalPage.Style {
    switch severity {
    case .content: .red
    case .exposure: .yellow
    case .hygiene: .blue
    }
  }
}
