import Vocabulary

extension HTMLPage {
  struct FindingRow {
    let anchor, severity, severityClass, rule, message, sink, count, times, rationale, placesTitle,
      fingerprint: String
    let place, ruleTitle, remedy, score, shape, length: String?
    let evidence: [EvidenceRow]
    let places: [String]
    let isOpen, hasEvidence, hasPlaces: Bool

    /// The gravest few are open, so that a short report is read at once and a long one can still be surveyed.
    static let maximumOpen = 3

    init(_ finding: Finding, number: Int, in report: RunReport) {
      anchor = "finding-\(number)"
      severity = finding.severity.rawValue
      severityClass =
        switch finding.severity {
        case .content: "bad"
        case .exposure: "warn"
        case .hygiene: "note"
        }
      rule = finding.rule
      message = finding.message
      sink = finding.sink.description
      count = Figures.grouped(finding.count)
      times = finding.count == 1 ? "once" : Figures.count(finding.count, "time")
      let help = report.help(for: finding)
      ruleTitle = help.title == finding.message ? nil : help.title
      rationale = help.rationale
      remedy = report.remedy(for: finding)
      evidence = finding.evidence.map(EvidenceRow.init)
      score = finding.score.map(Figures.logOdds)
      shape = finding.shape
      length = finding.length
      places = finding.locations.map(\.description)
      place = places.first
      placesTitle =
        finding.count > places.count
        ? "Places, the first \(Figures.grouped(places.count)) of \(Figures.grouped(finding.count))" : "Places"
      fingerprint = finding.fingerprint
      isOpen = number <= Self.maximumOpen && finding.severity >= report.gate
      hasEvidence = !evidence.isEmpty
      hasPlaces = places.count > 1
    }
  }

  struct EvidenceRow {
    let detector, range, decodings, weight: String

    init(_ evidence: Evidence) {
      detector = evidence.detector
      range = "\(evidence.start) to \(evidence.end)"
      decodings = evidence.decodings.joined(separator: ", then ")
      weight = Figures.logOdds(evidence.weight)
    }
  }

  struct AcceptedRow {
    let rule, sink, reason, owner, until: String

    /// Nil where nothing accepts the finding.
    init?(_ finding: Finding) {
      guard let accepted = finding.accepted else { return nil }
      rule = finding.rule
      sink = finding.sink.description
      reason = accepted.reason
      owner = accepted.owner
      until = accepted.until
    }
  }

  struct Stage {
    let name, summary: String
    let checks: [CheckRow]

    init(name: String, checks: [Check]) {
      self.name = name
      self.checks = checks.map(CheckRow.init)
      summary = Check.Outcome.allCases.compactMap { outcome in
        let count = checks.count { $0.outcome == outcome }
        return count == 0 ? nil : "\(Figures.grouped(count)) \(outcome.rawValue)"
      }.joined(separator: ", ")
    }
  }

  struct CheckRow {
    let name, outcome, outcomeClass, mark: String
    let detail, subject: String
    let isSimulated: Bool

    init(_ check: Check) {
      name = check.name
      outcome = check.outcome.rawValue
      (mark, outcomeClass) =
        switch check.outcome {
        case .passed: ("✓", "good")
        case .failed: ("✗", "bad")
        case .skipped: ("–", "warn")
        }
      detail = check.detail ?? ""
      subject = check.subject ?? ""
      isSimulated = check.subject == "simulated"
    }
  }

  struct CoverageRow {
    let sink, surface, outcome, outcomeClass, format, contract, records, size, subject: String
    let notes: [String]
    let isSimulated: Bool

    init(_ coverage: Coverage) {
      sink = coverage.sink.description
      surface = coverage.surface.rawValue
      outcome = coverage.outcome.rawValue
      outcomeClass =
        switch coverage.outcome {
        case .judged: "good"
        case .judgedAsText: "note"
        case .incomplete: "warn"
        case .unreachable: "bad"
        }
      format = coverage.format
      contract = coverage.contract
      records = Figures.grouped(coverage.records)
      size = Figures.bytes(coverage.bytes)
      subject = coverage.subject ?? "unknown origin"
      notes = coverage.notes
      isSimulated = coverage.subject == "simulated"
    }
  }

  struct BundlePart {
    let summary, path, publicKey, count: String
    let files: [FileRow]

    struct FileRow { let path, role, size, sha256: String }

    init(_ bundle: SealedBundle) {
      summary = bundle.summary
      path = bundle.path
      publicKey = bundle.publicKey
      count = Figures.count(bundle.files.count, "file")
      files = bundle.files.sorted { $0.path < $1.path }.map {
        FileRow(path: $0.path, role: $0.role, size: Figures.bytes($0.size), sha256: $0.sha256)
      }
    }
  }
}
