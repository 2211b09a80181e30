public import Vocabulary

/// `findings.json`: the verdict and every finding. Schema: `docs/schemas/findings.schema.json`.
public enum FindingsJSON: Renderer {
  public static let name = "json"
  public static let fileName: String? = "findings.json"

  public static func render(_ report: RunReport, options: RenderOptions) throws(Fault) -> [UInt8] {
    try JSONText.encode(Document(report))
  }

  /// Version 1; a field may be added to it, none changes its meaning.
  private struct Document: Encodable {
    let schema = "sigilo/findings/v1"
    let run, tool, job, subject, policy: String
    let gate: Severity
    let verdict: Verdict
    let complete: Bool
    let exit: Int32
    let seed: UInt64?
    let created: String?
    let counts: [String: Int]
    let accepted: Int
    let uncounted: Int
    let findings: [Finding]
    let checks: [Check]
    let engines: [Engine]
    let substitutions: [Substitution]
    let without: [Proof]
    let leak: String?
    let baseline: BaselineUse?
    let bundle: BundleSummary?
    let limits: [String]

    init(_ report: RunReport) {
      run = report.run
      tool = report.toolVersion
      job = report.job
      subject = report.subject
      policy = report.policy
      gate = report.gate
      verdict = report.verdict
      complete = report.isComplete
      exit = report.status.rawValue
      seed = report.seed
      created = report.createdText
      counts = Dictionary(
        uniqueKeysWithValues: Severity.allCases.map { severity in (severity.rawValue, report.open(severity).count) })
      accepted = report.findings.count { $0.accepted != nil }
      uncounted = report.uncounted
      findings = report.sortedFindings
      checks = report.checks
      engines = report.sortedEngines
      substitutions = report.substitutions
      without = report.without
      leak = report.leak
      baseline = report.baseline
      bundle = report.bundle.map(BundleSummary.init)
      limits = report.limits
    }
  }

  /// The manifest itself has the files; here stands only whether there is a bundle, and which.
  private struct BundleSummary: Encodable {
    var sealed = false
    var path, state, publicKey, reason: String?
    var files: Int?

    init(_ outcome: BundleOutcome) {
      switch outcome {
      case .sealed(let bundle):
        sealed = true
        path = bundle.path
        state = bundle.state
        publicKey = bundle.publicKey
        files = bundle.files.count
      case .unsealed(let reason):
        self.reason = reason
      }
    }
  }
}

/// `coverage.json`: what was looked at and what became of it. Schema: `docs/schemas/coverage.schema.json`.
public enum CoverageJSON: Renderer {
  public static let name = "coverage"
  public static let fileName: String? = "coverage.json"

  public static func render(_ report: RunReport, options: RenderOptions) throws(Fault) -> [UInt8] {
    try JSONText.encode(Document(report))
  }

  /// Version 1; a field may be added to it, none changes its meaning.
  private struct Document: Encodable {
    let schema = "sigilo/coverage/v1"
    let run: String
    let complete: Bool
    let counts: [String: Int]
    let coverage: [Coverage]

    init(_ report: RunReport) {
      run = report.run
      complete = report.isComplete
      counts = Dictionary(
        uniqueKeysWithValues: Coverage.Outcome.allCases.map { outcome in
          (outcome.rawValue, report.coverage.count { $0.outcome == outcome })
        })
      coverage = report.sortedCoverage
    }
  }
}
