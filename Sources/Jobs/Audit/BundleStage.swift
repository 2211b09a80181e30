import Audit
import ConfigBundle
import Contracts
import Engines
import Flow
import Policy
import Reporting
import Vocabulary

/// Writes the tree and lets real programs and Sigilo's own checks read it.
enum BundleStage: AuditStage {
  static let title = "bundle"

  static func run(
    _ subject: AuditSubject, work: WorkFolder, after outcome: StageOutcome, progress: StageProgress
  ) async throws -> StageOutcome {
    var result = StageOutcome()
    for file in subject.running.files { try work.write(file.bytes, to: "tree/\(file.path)") }
    let engines = try await EngineChecks.run(on: subject.running)
    result.add(engines.checks, names: subject.names)
    result.add(engines.findings, subject)
    let policy = subject.context.policy
    let facts = ContractFacts(
      policy.contracts.values, siteDomains: policy.siteDomains, siteNetworks: policy.siteNetworks)
    result.add(ConfigChecks.check(subject.running, facts), subject)
    let refused = result.checks.count { $0.outcome == .failed }
    result.summary =
      "\(subject.running.files.count) files, \(result.checks.count) checks by promtool and amtool"
      + (refused == 0 ? "" : ", \(refused) refused")
    return result
  }
}

extension StageOutcome {
  /// Makes findings of what a check of the configuration says.
  mutating func add(_ found: [ConfigFinding], _ subject: AuditSubject) {
    for finding in found { findings.add(finding.finding(names: subject.names)) }
  }
}
