import Audit
import ConfigBundle
import Detection
import Engines
import Fleet
import Foundation
import Platform
import Policy
public import Reporting
import Sinks
import Vocabulary

/// What `sigilo audit` was asked for.
public struct AuditRequest: Sendable {
  /// Existing tree to vet; nil generates one from the fleet.
  public var configs: String?
  /// Inventory; nil is the built-in one.
  public var fleet: String?
  public var leak: String?
  /// The fault that is played live.
  public var course: String
  public var signingKey: String?

  public init(
    configs: String? = nil, fleet: String? = nil, leak: String? = nil, course: String = "queue",
    signingKey: String? = nil
  ) {
    self.configs = configs
    self.fleet = fleet
    self.leak = leak
    self.course = course
    self.signingKey = signingKey
  }
}

/// What an audit leaves.
public struct AuditResult: Sendable {
  public var report: RunReport
  /// Where the reports and, on a pass, the bundle are.
  public var folder: String
}

/// The main job: checks a configuration, exercises its alerts, scans every sink, reports, and on a pass seals.
public struct AuditJob: Sendable {
  public static let leaks = LeakName.allCases.map(\.rawValue)
  public static let courses = Course.allCases.filter { $0.fault != nil }.map(\.rawValue)

  private let request: AuditRequest
  private let settings: JobSettings

  public init(_ request: AuditRequest, _ settings: JobSettings) {
    self.request = request
    self.settings = settings
  }

  /// - Throws: the fault that stopped it; nothing is sealed then, and nothing left running.
  public func run(progress: StageProgress) async throws -> AuditResult {
    try await progress.shown { try await play(progress) }
  }

  private func play(_ progress: StageProgress) async throws -> AuditResult {
    let subject = try AuditSubject(request, settings)
    let work = try WorkFolder.create(in: settings.environment["TMPDIR"])
    defer { work.remove() }

    var outcome = StageOutcome()
    for stage in [BundleStage.self, AlertStage.self, LiveStage.self, FileStage.self] as [any AuditStage.Type] {
      try Task.checkCancellation()
      progress.begin(stage.title)
      let part = try await stage.run(subject, work: work, after: outcome, progress: progress)
      progress.end(part.mark, part.summary)
      outcome.add(part)
    }
    try Task.checkCancellation()
    return try Closing(subject, outcome).conclude()
  }
}

/// One stage of an audit: a file of its own, in the order of `AuditJob.run`.
protocol AuditStage {
  /// As the progress line shows it.
  static var title: String { get }

  /// - Parameter outcome: what the stages before it brought.
  static func run(
    _ subject: AuditSubject, work: WorkFolder, after outcome: StageOutcome, progress: StageProgress
  ) async throws -> StageOutcome
}
