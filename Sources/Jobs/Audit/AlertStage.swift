import Audit
import ConfigBundle
import Engines
import Exercise
import Flow
import Reporting
import Vocabulary

/// Plays a healthy course and one of each fault in virtual time; real promtool evaluates the rules.
enum AlertStage: AuditStage {
  static let title = "alerts"

  static func run(
    _ subject: AuditSubject, work: WorkFolder, after outcome: StageOutcome, progress: StageProgress
  ) async throws -> StageOutcome {
    var result = StageOutcome()
    let promtool = try Promtool.find()
    let exercise = VirtualTime(
      promtool: promtool, fleet: subject.fleet, seed: subject.settings.seed,
      exporters: subject.exporters, parent: work.path)
    // What promtool refuses cannot be exercised; the bundle stage has said so.
    let (tree, _) = try await ConfigTree(subject.running).accepted(by: promtool)
    let played =
      subject.isGenerated && subject.leak == nil
      ? try await exercise.checkOwn(tree) : try await exercise.survey(tree)
    result.add(played.checks, names: subject.names)
    for finding in played.findings { result.findings.add(finding.finding(names: subject.names)) }
    if let tests = played.unitTests { result.files.append((name: "alerts.test.yaml", bytes: tests)) }
    let passed = played.checks.count { $0.outcome == .passed }
    result.summary = "\(passed) of \(played.checks.count) checks in virtual time"
    return result
  }
}

extension ConfigTree {
  /// What exercises read of a bundle. Rules that are not Prometheus's (those of Loki's ruler) stay out, as promtool knows
  /// no LogQL.
  init(_ files: ConfigFiles) {
    func take(_ role: FileRole) -> [File] { files.files(with: role).map { File(path: $0.path, bytes: $0.bytes) } }
    self.init(
      prometheus: take(.prometheusConfig).first, rules: take(.rules), alertmanager: take(.alertmanagerConfig).first,
      dashboards: take(.dashboard))
  }
}
