import Audit
import Detection
import Fleet
import Foundation
import Policy
public import Reporting
import Sinks
import Vocabulary

/// What `sigilo scan` was asked for.
public struct ScanRequest: Sendable {
  public var paths: [String]
  public var exporters: [String]
  public var prometheus: [String]
  public var loki: [String]
  public var alertmanager: [String]
  /// How far back Loki is read, e.g. `1h`.
  public var since: String
  /// Loki's tenant.
  public var tenant: String?
  /// Contract that everything read is held to, by its source's id; nil where none is in force.
  public var source: String?
  /// Inventory whose names the contracts refer to, and which binds what it knows; nil for the built-in one's names alone.
  public var fleet: String?
  /// Telemetry that is bound to no contract is a finding.
  public var isClosed: Bool
  /// File of findings that are known; nil where none is in force.
  public var baseline: String?
  /// What this run finds joins the baseline; it is known from the next run on.
  public var addsToBaseline: Bool
  /// What this run shows to be gone leaves the baseline.
  public var prunesBaseline: Bool

  public init(
    paths: [String] = [], exporters: [String] = [], prometheus: [String] = [], loki: [String] = [],
    alertmanager: [String] = [], since: String = "1h", tenant: String? = nil,
    source: String? = nil, fleet: String? = nil, isClosed: Bool = false, baseline: String? = nil,
    addsToBaseline: Bool = false, prunesBaseline: Bool = false
  ) {
    self.paths = paths
    self.exporters = exporters
    self.prometheus = prometheus
    self.loki = loki
    self.alertmanager = alertmanager
    self.since = since
    self.tenant = tenant
    self.source = source
    self.fleet = fleet
    self.isClosed = isClosed
    self.baseline = baseline
    self.addsToBaseline = addsToBaseline
    self.prunesBaseline = prunesBaseline
  }
}

extension ScanRequest {
  /// What the reports call it, e.g. `2 paths, 1 Loki`.
  fileprivate var title: String {
    let kinds = [
      (paths, "path", "paths"), (exporters, "exporter", "exporters"), (prometheus, "Prometheus", "Prometheus"),
      (loki, "Loki", "Loki"), (alertmanager, "Alertmanager", "Alertmanager"),
    ]
    return kinds.filter { !$0.0.isEmpty }.map { "\($0.0.count) \($0.0.count == 1 ? $0.1 : $0.2)" }
      .joined(separator: ", ")
  }
}

/// Judges files, folders and live endpoints.
public struct ScanJob: Sendable {
  public static let formats = ReportFormat.all.map { $0.name }

  private let request: ScanRequest
  private let settings: JobSettings

  public init(_ request: ScanRequest, _ settings: JobSettings) {
    self.request = request
    self.settings = settings
  }

  public func run(progress: StageProgress) async throws -> RunReport {
    try await progress.shown { try await read(progress) }
  }

  private func read(_ progress: StageProgress) async throws -> RunReport {
    var context = try JobContext(settings)
    let fleet = try request.fleet.map(Fleet.load)
    context.contracts = try context.policy.contracts(request.source, fleet: fleet)
    let endpoints = try ScanEndpoints(request, fleet: fleet)
    let parts = try FileSink.parts(of: request.paths)
    let baseline = try request.baseline.map { path throws(Fault) in
      try KnownFindings(path, key: context.key.id, mayBeMissing: request.addsToBaseline)
    }
    progress.begin("scan")
    var files = ScanFiles(context)
    try await files.read(parts, progress: progress)
    var (outcome, acceptances) = try await checked(files, baseline?.baseline)
    outcome.add(try await endpoints.read(context))
    outcome.refuseNothing()
    try Task.checkCancellation()
    if request.isClosed, !context.without.contains(.contract) {
      for coverage in outcome.coverage where coverage.isUnbound && coverage.isEmitted {
        outcome.findings.add(coverage.withoutContract(names: context.names()))
      }
    }
    let findings = acceptances.apply(to: outcome.findings)
    var report = conclude(outcome, findings, baseline, context)
    let changed = baseline.map { known in
      known.after(
        findings, acceptances.extent.counted(outcome.findings.uncounted), adding: request.addsToBaseline,
        pruning: request.prunesBaseline)
    }
    report.baseline = changed?.use
    if let folder = settings.output {
      let reports = ReportFolder(path: folder, guarding: OutputGuard(nil))
      try reports.prepare()
      for file in try reports.rendered(report) { try reports.write(file.bytes, to: file.name) }
    }
    if let changed, request.addsToBaseline || request.prunesBaseline { try changed.write() }
    return report
  }

  private func checked(
    _ scanned: ScanFiles, _ baseline: Baseline?
  ) async throws -> (StageOutcome, Acceptances) {
    var outcome = StageOutcome()
    outcome.findings = scanned.findings
    var files = scanned.files
    var checks = ScanChecks(context: scanned.context)
    try await checks.run(on: &files, into: &outcome.findings)
    outcome.coverage = files.map(\.coverage)
    let acceptances = scanned.context.acceptances(
      comments: checks.comments, baseline: baseline,
      files: Dictionary(files.map { ($0.coverage.sink.name, $0.isKnownWhole) }) { $0 && $1 },
      folders: Set(files.filter { !$0.part.isNamed }.map(\.part.given)).subtracting(
        files.filter { $0.coverage.outcome == .incomplete }.map(\.part.given)))
    return (outcome, acceptances)
  }

  private func conclude(
    _ outcome: StageOutcome, _ findings: [Finding], _ known: KnownFindings?, _ context: JobContext
  ) -> RunReport {
    let conclusion = Conclusion(
      findings: findings, uncounted: outcome.findings.uncounted, coverage: outcome.coverage, checks: [],
      gate: context.gate)
    return RunReport(
      run: run(outcome, findings, known, context), toolVersion: SigiloVersion.current, job: "scan",
      subject: request.title, policy: context.policy.digest, gate: context.gate,
      verdict: conclusion.verdict, isComplete: conclusion.isComplete, status: conclusion.status,
      created: context.date.fixed, findings: findings, uncounted: outcome.findings.uncounted,
      coverage: outcome.coverage, rules: context.ruleHelp, bundle: nil,
      without: context.without.sorted { $0.rawValue < $1.rawValue }, limits: context.limits(Closing.limits.suffix(1)))
  }

  /// Name of the run: what was read, by name, size and outcome, with what, and what was accepted.
  private func run(
    _ outcome: StageOutcome, _ findings: [Finding], _ known: KnownFindings?, _ context: JobContext
  ) -> String {
    var id = RunID(job: "scan")
    id.add(
      context.policy.digest, context.key.id, context.gate.rawValue,
      context.without.map(\.rawValue).sorted().joined(separator: ","), context.date.fixed.map(String.init) ?? "")
    for coverage in outcome.coverage {
      id.add(coverage.sink.description, coverage.outcome.rawValue, String(coverage.records), String(coverage.bytes))
    }
    for finding in findings {
      id.add(finding.fingerprint, String(finding.count), finding.accepted?.digested ?? "")
    }
    if let known { id.add(known.bytes) }
    return id.value
  }
}

extension ScanFiles.File {
  /// Read as its own format, checked, and found in a folder that was read with all that lies beside it.
  fileprivate var isKnownWhole: Bool { coverage.outcome == .judged && isChecked && !part.isNamed }
}

extension StageOutcome {
  /// A scan of no bytes at all shows nothing: what was read and empty counts as not judged.
  fileprivate mutating func refuseNothing() {
    guard coverage.allSatisfy({ $0.bytes == 0 }) else { return }
    for index in coverage.indices where coverage[index].outcome == .judged {
      coverage[index].outcome = .incomplete
      coverage[index].notes.append("nothing in it to judge, nor in anything else")
    }
  }
}
