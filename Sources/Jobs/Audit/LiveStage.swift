import Audit
import ConfigBundle
import Engines
import Exercise
import Fleet
import Foundation
import Platform
import Reporting
import Sinks
import Syntax
import Transport
import Vocabulary

/// Runs the tree on real Prometheus and Alertmanager before the synthetic platform, plays one fault, and reads every sink
/// while it runs.
enum LiveStage: AuditStage {
  static let title = "live"

  static func run(
    _ subject: AuditSubject, work: WorkFolder, after outcome: StageOutcome, progress: StageProgress
  ) async throws -> StageOutcome {
    var factor = Self.factor
    var (played, read) = try await play(subject, work, factor, progress)
    while played.checks.contains(where: { $0.outcome == .failed }), played.measurements.isMachineTooBusy,
      factor > Self.slowest
    {
      // What failed may be the machine and not the alert: once more, with more real time for each simulated second.
      factor /= 2
      (played, read) = try await play(subject, work, factor, progress)
    }
    var result = read
    result.add(played.checks, names: subject.names)
    result.substitutions = played.substitutions.map {
      Reporting.Substitution(path: $0.path, what: "\(subject.names.printable(pointer: $0.pointer)) \($0.what)")
    }
    result.engines = played.engineVersions.sorted { $0.key < $1.key }.map {
      Reporting.Engine(name: $0.key, version: $0.value)
    }
    try result.read(played.notifications, subject)
    result.files.append((name: "live.json", bytes: try LiveJSON(played).bytes))
    let seconds = played.measurements.totalSeconds
    result.summary =
      "\(played.checks.count { $0.outcome == .passed }) of \(played.checks.count) checks, "
      + "\(played.measurements.series) series, \(played.notifications.count) notifications, \(Int(seconds)) s"
    return result
  }

  /// How many times faster than the wall time runs, at first and at the least.
  private static let factor = 100.0
  private static let slowest = 25.0

  private static func play(
    _ subject: AuditSubject, _ work: WorkFolder, _ factor: Double, _ progress: StageProgress
  ) async throws -> (LiveResult, StageOutcome) {
    let live = LiveRun(
      prometheus: try Engine.find(.prometheus), alertmanager: try Engine.find(.alertmanager), fleet: subject.fleet,
      settings: LiveRun.Settings(
        logs: work.file(Self.logs), factor: factor, course: subject.course, seed: subject.settings.seed,
        leaks: Set(subject.leak.map { [$0.name] } ?? []), canaries: subject.canaries,
        exporters: subject.exporters, parent: work.path))
    progress.update("course \(subject.course.rawValue), time \(Int(factor)) times as fast")
    // What promtool refuses would keep Prometheus from starting; the bundle stage has said so.
    let (tree, _) = try await ConfigTree(subject.running).accepted(by: try Promtool.find())
    return try await live.run(tree) { endpoints async throws(Fault) in
      try await Self.read(endpoints, subject)
    }
  }

  /// Folder of the platform's log files, for the stage that reads them.
  static let logs = "logs"

  /// Reads every exporter, Prometheus and Alertmanager as `sigilo scan` does.
  private static func read(_ endpoints: LiveEndpoints, _ subject: AuditSubject) async throws(Fault) -> StageOutcome {
    var result = StageOutcome()
    let auditor = subject.auditor()
    var coverage: [Coverage] = []
    let client = HTTPClient(loopbackOnly: true)
    for (target, address) in endpoints.exporters.sorted(by: { $0.key.name < $1.key.name }) {
      let path = target.job == .litellm ? "metrics/" : "metrics"
      coverage += try await ExporterSink.read(
        address.appending(path: path), name: target.name, client: client, into: auditor)
    }
    let now = Int64(Date().timeIntervalSince1970 * 1e9)
    coverage += try await PrometheusSink.read(
      endpoints.prometheus, name: "prometheus", range: .before(now), client: client, into: auditor)
    coverage += try await AlertmanagerSink.read(
      endpoints.alertmanager, name: "alertmanager", client: client, into: auditor)
    result.add(auditor, coverage.map(\.simulated), isMeasured: false)
    return result
  }
}

extension StageOutcome {
  /// Reads what Alertmanager sent to the webhook.
  mutating func read(_ notifications: [Exercise.Notification], _ subject: AuditSubject) throws(Fault) {
    let auditor = subject.auditor()
    var lines: [UInt8] = []
    for notification in notifications { lines += notification.body + [UInt8(ascii: "\n")] }
    guard !lines.isEmpty else { return }
    let coverage = try FileSink.read(lines, path: "notifications", format: .alertmanagerWebhook, into: auditor)
    add(auditor, [coverage.simulated], isMeasured: false)
  }
}

extension Coverage {
  /// Without the counts, which depend on how often the engines happened to scrape and send: `live.json` has the run's figures.
  var unmeasured: Coverage {
    var result = self
    result.records = 0
    result.bytes = 0
    result.claims = nil
    result.notes.append("counts differ from run to run and are left out")
    return result
  }

  /// Marked as telemetry of the synthetic platform.
  var simulated: Coverage {
    var result = self
    result.subject = "simulated"
    return result
  }
}
