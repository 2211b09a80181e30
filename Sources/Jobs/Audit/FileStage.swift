import Audit
import ConfigBundle
import Engines
import Flow
import Foundation
import Platform
import Reporting
import Sinks
import Syntax
import Vocabulary

/// Scans what lies in files: every file of the configuration, the logs as written, and the logs as Loki's streams.
enum FileStage: AuditStage {
  static let title = "scan"

  static func run(
    _ subject: AuditSubject, work: WorkFolder, after outcome: StageOutcome, progress: StageProgress
  ) async throws -> StageOutcome {
    var result = StageOutcome()
    for file in subject.running.files {
      let auditor = subject.auditor()
      result.add(auditor, [try FileSink.read(file.bytes, path: file.path, into: auditor)])
    }
    let folder = work.file(LiveStage.logs)
    for name in try logs(in: folder) {
      try Task.checkCancellation()
      progress.update(name)
      let auditor = subject.auditor()
      let written = try FileSink.read(
        "\(folder)/\(name)", displayPath: "logs/\(name)", surface: .log, into: auditor)
      let streams = try stream(of: "\(folder)/\(name)", name: name, subject, auditor)
      result.add(auditor, written.map(\.simulated) + [streams])
    }
    let records = result.coverage.reduce(0) { $0 + $1.records }
    result.summary = "\(result.coverage.count) files and streams, \(records) specimens"
    return result
  }

  private static func logs(in folder: String) throws(Fault) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".log") }.sorted()
    } catch {
      throw Fault(.internal, "the platform left no logs to scan")
    }
  }

  /// The log as the stream that static labels alone would make of it.
  private static func stream(
    of path: String, name: String, _ subject: AuditSubject, _ auditor: Auditor
  ) throws(Fault) -> Coverage {
    // `vllm@gpu-node1.log`, `litellm.log`
    let parts = name.dropLast(".log".count).split(separator: "@", maxSplits: 1).map(String.init)
    let labels = LogStreams.labels(
      of: parts[0], node: parts.count > 1 ? parts[1] : parts[0], in: subject.running)
    guard let log = FileManager.default.contents(atPath: path) else {
      throw Fault(.internal, "a log of the platform vanished")
    }
    let push = try LogStreams.push(log, labels: labels, start: Int64(PlatformModel.epoch) * 1_000_000_000)
    var coverage = try FileSink.read(
      push, path: "streams/\(parts.joined(separator: "@"))", format: .lokiPush, into: auditor)
    coverage.notes.append("pipeline not evaluated")
    return coverage.simulated
  }
}
