import Vocabulary

extension HTMLPage {
  /// A rule with all that it found.
  struct RuleRow {
    let anchor, severity, severityClass, rule, rationale, findingCount, sightings, sinks, sinkCount: String
    let title, remedy, moreSinks, moreFindings: String?
    let entries: [EntryRow]
    let strongest: Strongest
    let findings: [FindingRow]
    let isOpen: Bool
    /// Below the gate, places are there for who asks.
    let isFolded: Bool

    /// Sinks and findings shown of each rule; beyond them a page would no longer be read.
    static let maximumRows = 20
    /// The gravest few are open, so that a short report is read at once and a long one can still be surveyed.
    static let maximumOpen = 2

    init(_ group: RuleGroup, number: Int, gate: Severity) {
      anchor = "rule-\(number)"
      severity = group.severity.rawValue
      severityClass =
        switch group.severity {
        case .content: "bad"
        case .exposure: "warn"
        case .hygiene: "note"
        }
      rule = group.rule
      title = group.title
      remedy = group.remedy
      rationale = group.rationale
      findingCount = Figures.grouped(group.findings.count)
      sightings = Figures.grouped(group.sightings)
      sinks = Figures.grouped(group.sinks)
      sinkCount = Figures.count(group.sinks, "sink")
      entries = group.entries.prefix(Self.maximumRows).map(EntryRow.init)
      moreSinks = Self.more(group.entries.count)
      // As the evidence sums: the one that a reader who doubts the rule should look at first.
      strongest = Strongest(
        group.findings.reduce(group.findings[0]) { ($1.score ?? -.infinity) > ($0.score ?? -.infinity) ? $1 : $0 })
      findings = group.findings.prefix(Self.maximumRows).map(FindingRow.init)
      moreFindings = Self.more(group.findings.count)
      isOpen = number <= Self.maximumOpen && group.severity >= gate
      isFolded = group.severity < gate
    }

    private static func more(_ count: Int) -> String? {
      count > maximumRows ? "And \(Figures.grouped(count - maximumRows)) more in findings.json." : nil
    }
  }

  struct EntryRow {
    let whereabouts, sightings, findings: String
    let steps, paste: [String]
    let hasSteps, hasPaste: Bool
    let message: String?
    /// Not `remedy`: where an entry has none, the template would find the rule's under that name.
    let ownRemedy: String?

    init(_ entry: RuleGroup.Entry) {
      whereabouts = entry.whereabouts
      sightings = Figures.grouped(entry.sightings)
      findings = Figures.grouped(entry.findings)
      message = entry.message
      steps = entry.flow.map { step in step.text + (step.location.map { " (\($0))" } ?? "") }
      hasSteps = !steps.isEmpty
      paste = entry.paste
      hasPaste = !paste.isEmpty
      ownRemedy = entry.remedy
    }
  }

  struct Strongest {
    let sink, placesTitle: String
    let score, shape, length: String?
    let evidence: [EvidenceRow]
    let places: [String]
    let hasEvidence, hasPlaces: Bool

    init(_ finding: Finding) {
      sink = finding.sink.description
      evidence = finding.evidence.map(EvidenceRow.init)
      score = finding.score.map(Figures.logOdds)
      shape = finding.shape
      length = finding.length
      places = finding.locations.map(\.description).filter { !$0.isEmpty }
      placesTitle =
        finding.count > places.count
        ? "Its first \(Figures.grouped(places.count)) places of \(Figures.grouped(finding.count))" : "Its places"
      hasEvidence = !evidence.isEmpty
      hasPlaces = places.count > 1
    }
  }

  struct EvidenceRow {
    let detector, range, decodings, weight: String
    let reasons: String?

    init(_ evidence: Evidence) {
      detector = evidence.detector
      range = "\(evidence.start) to \(evidence.end)"
      decodings = evidence.decodings.joined(separator: ", then ")
      weight = Figures.logOdds(evidence.weight)
      reasons = evidence.reasons?.joined(separator: ", ")
    }
  }

  /// What an exception of the policy needs to know of a finding.
  struct FindingRow {
    let fingerprint, sink, sightings: String

    init(_ finding: Finding) {
      fingerprint = finding.fingerprint
      sink = finding.sink.description
      sightings = Figures.grouped(finding.count)
    }
  }
}
