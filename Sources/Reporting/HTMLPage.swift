import Vocabulary

/// The values of `HTMLTemplate.page`, under the names that it uses. Absent values are nil, for an empty string would
/// open a section.
struct HTMLPage {
  /// Sinks of the coverage and accepted findings that are shown; beyond it a page would no longer open in a browser, and the JSON has them all.
  static let maximumRows = 1000

  let verdict, verdictNoun, verdictClass, conclusion, job, runShort, version: String
  let isAlsoIncomplete: Bool
  let remarks: [String]
  let leakChecks: [CheckRow]
  let figures: [Figure]
  let facts: [Fact]
  let findingsNote: String?
  let rules: [RuleRow]
  let accepted: [AcceptedRow]
  let acceptedSummary: String
  let moreAccepted: String?
  let stages: [Stage]
  let limits: [String]
  let coverageSummary: String
  let coverage: [CoverageRow]
  let bundle: BundlePart?
  let noBundle: String?
  let substitutions: [Substitution]
  let severities: [Word]
  let hasRemarks, hasLeakChecks, hasOverview, hasAccepted, hasStages, hasLimits, hasCoverage, hasBundle,
    hasSubstitutions: Bool

  struct Figure { let label, value, note: String }

  struct Fact {
    let label, value: String
    var isCode = false
  }

  struct Word { let name, meaning: String }

  init(_ report: RunReport) {
    (verdict, verdictNoun, verdictClass) =
      switch report.verdict {
      case .pass: ("Pass", "pass", "good")
      case .fail: ("Fail", "fail", "bad")
      case .incomplete: ("Incomplete", "verdict", "warn")
      }
    conclusion = report.conclusion
    job = report.job
    runShort = String(report.run.prefix(12))
    version = report.toolVersion
    isAlsoIncomplete = !report.isComplete && report.verdict != .incomplete
    remarks = report.remarks
    leakChecks = report.leakChecks.map(CheckRow.init)
    figures = Self.figures(of: report)
    facts = Self.facts(of: report)
    rules = report.ruleGroups.enumerated().map { RuleRow($1, number: $0 + 1, gate: report.gate) }
    findingsNote =
      report.uncounted > 0
      ? "\(Figures.count(report.uncounted, "sighting")) of further findings were counted but not kept."
      : rules.isEmpty ? "None." : nil
    // Who answers for something comes before what a baseline knows.
    let all =
      report.acceptedFindings.filter { $0.accepted?.kind != .baseline }
      + report.acceptedFindings.filter { $0.accepted?.kind == .baseline }
    accepted = all.prefix(Self.maximumRows).compactMap(AcceptedRow.init)
    acceptedSummary = report.acceptedSummary ?? ""
    moreAccepted =
      all.count > Self.maximumRows ? "And \(Figures.grouped(all.count - Self.maximumRows)) more in findings.json." : nil
    stages = report.stages.map { Stage(name: $0.name, checks: $0.checks) }
    limits = report.limits
    // What was not judged comes first, so that no limit hides it.
    let rows = Coverage.Outcome.allCases.reversed().flatMap(report.sinks)
    coverageSummary =
      report.coverageSummary
      + (rows.count > Self.maximumRows
        ? "; the first \(Figures.grouped(Self.maximumRows)) sinks, all in coverage.json" : "")
    coverage = rows.prefix(Self.maximumRows).map(CoverageRow.init)
    switch report.bundle {
    case .sealed(let bundle):
      self.bundle = BundlePart(bundle)
      noBundle = nil
    case .unsealed(let reason):
      bundle = nil
      noBundle = reason
    case nil:
      bundle = nil
      noBundle = nil
    }
    substitutions = report.substitutions
    severities = Severity.allCases.reversed().map { Word(name: $0.rawValue, meaning: $0.meaning) }
    hasRemarks = !remarks.isEmpty
    hasLeakChecks = !leakChecks.isEmpty
    hasOverview = rules.count > 1
    hasAccepted = !accepted.isEmpty
    hasStages = !stages.isEmpty
    hasLimits = !limits.isEmpty
    hasCoverage = !coverage.isEmpty
    hasBundle = report.bundle != nil || !substitutions.isEmpty
    hasSubstitutions = !substitutions.isEmpty
  }

  private static func figures(of report: RunReport) -> [Figure] {
    let passed = report.checks.count { $0.outcome == .passed }
    let judged = report.sinkCount(.judged) + report.sinkCount(.judgedAsText)
    let below = report.findings.count { $0.accepted == nil } - report.atGate
    var figures = [
      Figure(
        label: "Findings at the gate", value: Figures.grouped(report.atGate), note: "\(Figures.grouped(below)) below it"
      ),
      Figure(
        label: "Sinks judged", value: Figures.grouped(judged),
        note: "of \(Figures.grouped(Set(report.coverage.map(\.sink)).count))"),
    ]
    if !report.checks.isEmpty {
      figures.append(
        Figure(
          label: "Checks passed", value: Figures.grouped(passed), note: "of \(Figures.grouped(report.checks.count))"))
    }
    switch report.bundle {
    case .sealed(let bundle):
      figures.append(Figure(label: "Bundle", value: "Sealed", note: Figures.count(bundle.files.count, "file")))
    case .unsealed: figures.append(Figure(label: "Bundle", value: "None", note: "not sealed"))
    case nil: break
    }
    return figures
  }

  private static func facts(of report: RunReport) -> [Fact] {
    var facts = [
      Fact(label: "Looked at", value: report.subject),
      Fact(label: "Run", value: report.run, isCode: true),
      Fact(label: "Policy", value: report.policy, isCode: true),
      Fact(label: "Gate", value: "\(report.gate.rawValue) and above"),
      Fact(label: "Exit status", value: "\(report.status.rawValue) (\(report.status.meaning))"),
    ]
    if let seed = report.seed { facts.append(Fact(label: "Seed", value: String(seed))) }
    if let created = report.createdText { facts.append(Fact(label: "Dated", value: created)) }
    if !report.coverage.isEmpty {
      let subjects = report.subjects.map { "\($0.name) (\(Figures.count($0.sinks, "sink")))" }
      facts.append(Fact(label: "Subjects", value: subjects.joined(separator: ", ")))
    }
    if let baseline = report.baseline { facts.append(Fact(label: "Baseline", value: baseline.summary)) }
    if !report.engines.isEmpty {
      let engines = report.sortedEngines.map { "\($0.name) \($0.version)" }
      facts.append(Fact(label: "Real programs", value: engines.joined(separator: ", ")))
    }
    return facts
  }
}
