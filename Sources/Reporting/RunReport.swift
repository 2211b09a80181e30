public import Vocabulary

/// Everything that the reports of one run show; each renderer reads this value and nothing else.
///
/// It holds no text read from a sink: findings carry shapes and locations, and whoever fills in a sentence (subject,
/// check detail, note, limit) writes it from Sigilo's own data. Renderers sort what has no order of its own, so the same
/// set of findings gives the same bytes whatever order the workers found them in.
public struct RunReport: Sendable, Codable, Hashable {
  /// Digest of inputs, policy, seed and keys, lower-case hex.
  public var run: String
  /// Version of Sigilo, e.g. `0.1.0`.
  public var toolVersion: String
  /// The command that ran: `audit`, `scan`, `exercise` …
  public var job: String
  /// What was looked at, in one line.
  public var subject: String
  /// Digest of the policy set in force, lower-case hex.
  public var policy: String
  /// The lowest severity that makes a run fail.
  public var gate: Severity
  public var verdict: Verdict
  /// False where some bytes were judged by no detector, whatever the verdict.
  public var isComplete: Bool
  public var status: ExitStatus
  /// Seed of the synthetic platform; nil for jobs that simulate nothing.
  public var seed: UInt64?
  /// Seconds since 1970 from `SOURCE_DATE_EPOCH`; nil where it is not set, for a report holds no wall-clock time.
  public var created: Int64?
  public var findings: [Finding]
  /// Sightings of further findings over the limit, which were counted but not kept.
  public var uncounted: Int
  public var coverage: [Coverage]
  /// In the order in which the stages ran.
  public var checks: [Check]
  /// What the rules behind the findings say, for the help that SARIF and HTML show; a finding whose rule is not here is
  /// explained by its own message and remedy.
  public var rules: [RuleHelp]
  /// What the live stage replaced in the bundle's files before it started real programs with them.
  public var substitutions: [Substitution]
  public var engines: [Engine]
  /// Nil for jobs that have nothing to do with a bundle.
  public var bundle: BundleOutcome?
  /// Nil where no baseline was in force.
  public var baseline: BaselineUse?
  /// Proofs that were switched off.
  public var without: [Proof]
  /// Name of the planted leak.
  public var leak: String?
  /// What this run does not show, one sentence each.
  public var limits: [String]

  public init(
    run: String, toolVersion: String, job: String, subject: String, policy: String, gate: Severity, verdict: Verdict,
    isComplete: Bool, status: ExitStatus, seed: UInt64? = nil, created: Int64? = nil, findings: [Finding] = [],
    uncounted: Int = 0, coverage: [Coverage] = [], checks: [Check] = [], rules: [RuleHelp] = [],
    substitutions: [Substitution] = [], engines: [Engine] = [], bundle: BundleOutcome? = nil,
    baseline: BaselineUse? = nil, without: [Proof] = [], leak: String? = nil, limits: [String] = []
  ) {
    self.run = run
    self.toolVersion = toolVersion
    self.job = job
    self.subject = subject
    self.policy = policy
    self.gate = gate
    self.verdict = verdict
    self.isComplete = isComplete
    self.status = status
    self.seed = seed
    self.created = created
    self.findings = findings
    self.uncounted = uncounted
    self.coverage = coverage
    self.checks = checks
    self.rules = rules
    self.substitutions = substitutions
    self.engines = engines
    self.bundle = bundle
    self.baseline = baseline
    self.without = without
    self.leak = leak
    self.limits = limits
  }
}
