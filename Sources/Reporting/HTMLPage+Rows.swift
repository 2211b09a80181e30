import Vocabulary

extension HTMLPage {
  struct AcceptedRow {
    let rule, place, reason, owner, until: String

    /// Nil where nothing accepts the finding.
    init?(_ finding: Finding) {
      guard let accepted = finding.accepted else { return nil }
      rule = finding.rule
      place = finding.sink.whereabouts(finding.locations.first)
      reason = accepted.grounds
      owner = accepted.owner ?? ""
      until = accepted.until ?? ""
    }
  }

  struct Stage {
    let name, summary: String
    /// What failed or was skipped, and the rest where it is short.
    let shown: [CheckRow]
    /// What passed, where it is long.
    let folded: [CheckRow]
    let foldedSummary: String
    let hasShown, hasFolded: Bool

    /// Passed checks of a stage that stand open.
    static let maximumShown = 12

    init(name: String, checks: [Check]) {
      self.name = name
      let passed = checks.filter { $0.outcome == .passed }
      let isLong = passed.count > Self.maximumShown
      let rows = isLong ? checks.filter { $0.outcome != .passed } : checks
      shown = rows.map(CheckRow.init)
      folded = isLong ? passed.map(CheckRow.init) : []
      foldedSummary = "\(Figures.count(passed.count, "check")) passed"
      hasShown = !shown.isEmpty
      hasFolded = isLong
      summary = Check.Outcome.allCases.compactMap { outcome in
        let count = checks.count { $0.outcome == outcome }
        return count == 0 ? nil : "\(Figures.grouped(count)) \(outcome.rawValue)"
      }.joined(separator: ", ")
    }
  }

  struct CheckRow {
    let name, outcome, outcomeClass, mark: String
    let detail, subject: String
    let isSimulated, isDetailed: Bool

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
      isDetailed = check.detail != nil
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
      contract = coverage.contractSummary
      records = Figures.grouped(coverage.records)
      size = Figures.bytes(coverage.bytes)
      subject = coverage.origin
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
