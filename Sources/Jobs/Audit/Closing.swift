import Audit
import ConfigBundle
import Detection
import Engines
import Flow
import Foundation
import Platform
import Policy
import Reporting
import Vocabulary

/// Draws the conclusion, writes the reports and, on a pass alone, seals.
struct Closing {
  let subject: AuditSubject
  let outcome: StageOutcome

  init(_ subject: AuditSubject, _ outcome: StageOutcome) {
    self.subject = subject
    self.outcome = outcome
  }

  func conclude() throws(Fault) -> AuditResult {
    let context = subject.context
    var table = outcome.findings
    if !context.without.contains(.contract) {
      for coverage in outcome.coverage where coverage.isUnbound {
        table.add(coverage.withoutContract(names: subject.names))
      }
    }
    let findings = acceptances.apply(to: table)
    let checks = outcome.checks + LeakProof(subject, findings).checks
    let conclusion = Conclusion(
      findings: findings, uncounted: table.uncounted, coverage: outcome.coverage, checks: checks, gate: context.gate)
    let folder = subject.settings.output ?? "reports/\(subject.run)"
    let bundle: BundleOutcome =
      conclusion.verdict == .pass && subject.leak == nil
      ? .sealed(sealedBundle) : .unsealed(reason: reason(conclusion))
    let report = RunReport(
      run: subject.run, toolVersion: SigiloVersion.current, job: "audit", subject: subject.title,
      policy: context.policy.digest, gate: context.gate, verdict: conclusion.verdict,
      isComplete: conclusion.isComplete, status: LeakProof.status(conclusion, subject, checks),
      seed: subject.settings.seed, created: context.date.fixed, findings: findings,
      uncounted: table.uncounted, coverage: outcome.coverage, checks: checks,
      rules: context.ruleHelp, substitutions: outcome.substitutions, engines: engines, bundle: bundle,
      without: context.without.sorted { $0.rawValue < $1.rawValue }, leak: subject.request.leak,
      limits: context.limits(Self.limits))
    try write(report, to: folder)
    return AuditResult(report: report, folder: folder)
  }

  private var acceptances: Acceptances {
    let judged = outcome.coverage.filter { $0.outcome == .judged }.map(\.sink.name)
    let files = subject.running.files.map { ($0.path, judged.contains($0.path)) }
    let isWhole =
      subject.leak == nil && Set(outcome.coverage.map(\.outcome)).isSubset(of: [.judged, .judgedAsText])
    return subject.context.acceptances(
      comments: subject.running.acceptComments(names: subject.names),
      files: Dictionary(files) { $0 && $1 },
      all: isWhole ? Set(outcome.coverage.map(\.sink.name)) : nil)
  }

  /// The bundle first and the reports after it, since they say that it is sealed; a failure takes it away again.
  private func write(_ report: RunReport, to folder: String) throws(Fault) {
    let reports = ReportFolder(path: folder, guarding: OutputGuard(CanarySearch(subject.canaries)))
    let bundle = "\(folder)/bundle"
    try reports.prepare(removing: "bundle")
    do {
      let rendered = try reports.rendered(report) + outcome.files
      for file in rendered { try reports.guarding.check(file.bytes, about: file.name) }
      if case .sealed = report.bundle {
        try Seal.write(
          subject.files,
          of: SealedRun(
            state: .vetted, run: report.run, policy: report.policy,
            engines: report.engines.map { "\($0.name) \($0.version)" },
            evidence: rendered.filter { $0.name != "live.json" }.map {
              Manifest.Evidence(name: $0.name, bytes: $0.bytes)
            },
            created: report.created.map(Int.init)),
          to: bundle, key: subject.signingKey)
      }
      for file in rendered { try reports.write(file.bytes, to: file.name) }
      try reports.write(Array(subject.signingKey.publicKey.pem.utf8), to: "signing.pub")
    } catch {
      try? FileManager.default.removeItem(atPath: bundle)
      throw error
    }
  }

  /// Its path is relative to the reports, so that they are the same wherever they are written.
  private var sealedBundle: SealedBundle {
    SealedBundle(
      path: "bundle", state: Manifest.State.vetted.rawValue, publicKey: subject.signingKey.publicKey.id,
      files: subject.files.files.map { file in
        let evidence = Manifest.Evidence(name: file.path, bytes: file.bytes)
        return SealedBundle.File(
          path: file.path, role: file.role.rawValue, size: evidence.size, sha256: evidence.sha256)
      })
  }

  private func reason(_ conclusion: Conclusion) -> String {
    if let leak = subject.leak { return "the leak \(leak.name.rawValue) was planted" }
    return switch conclusion.verdict {
    case .fail: "findings at or over the gate, or failed checks"
    case .incomplete: "the audit is incomplete"
    case .pass: "nothing stands against it"
    }
  }

  /// The servers that ran, and the programs that the checks name as their judges.
  private var engines: [Reporting.Engine] {
    var engines = outcome.engines
    for subject in outcome.checks.compactMap(\.subject) {
      guard let space = subject.lastIndex(of: " ") else { continue }
      let engine = Reporting.Engine(
        name: String(subject[..<space]), version: String(subject[subject.index(after: space)...]))
      if !engines.contains(engine) { engines.append(engine) }
    }
    return engines.sorted { $0.name < $1.name }
  }

  static let limits = [
    "The sources were simulated: that nothing leaked from them is no evidence that the real ones are clean. It shows that "
      + "detection and enforcement work on what real sources emit.",
    "Where no contract is in force, what a source may emit was not stated, only what it must not contain was searched for.",
    "Log pipelines were not evaluated: log files were judged as written, and as streams under their static labels.",
    "Detection weighs formats, encodings and language, and like every statistic it can miss: of texts that its model had not "
      + "seen it missed two in a hundred, mostly a few words without any mark, code, and languages that it hardly knows. Only "
      + "the canaries are sure to be found.",
  ]
}
