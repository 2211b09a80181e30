import Contracts
import Detection
import Fleet
import Foundation
import Policy
public import Reporting
import Sinks
import Syntax
public import Vocabulary

/// What `sigilo contract learn` was asked for.
public struct LearnRequest: Sendable {
  /// Id of the source: that of a contract of the policy, or a new one.
  public var source: String
  public var paths: [String]
  /// Policy folder; nil for the built-in policy.
  public var policyFolder: String?
  /// Inventory; nil for the built-in one.
  public var fleet: String?

  public init(source: String, paths: [String], policyFolder: String? = nil, fleet: String? = nil) {
    self.source = source
    self.paths = paths
    self.policyFolder = policyFolder
    self.fleet = fleet
  }
}

/// A proposed contract, and what remains to decide.
public struct LearnOutcome: Sendable {
  /// The contract's file.
  public var contract: String
  /// For a person to read: what was claimed, what has to be decided, what was not learned from.
  public var page: String
  /// 0 where the samples are clean, whatever remains to decide; 1 where detectors hold lines of them for conversation; 3 where
  /// something was not read, or there was nothing to learn from.
  public var status: ExitStatus
}

/// Proposes a contract from clean samples.
///
/// The samples pass the detectors first; lines that they hold for conversation are counted and left out. What is printed holds
/// places, counts, lengths and kinds of characters, and the proposed templates; never a value.
public struct LearnJob {
  private let request: LearnRequest
  private let detectors: Detectors
  private let names: FleetNames
  private let base: (text: String, path: String)?

  public init(_ request: LearnRequest) throws(Fault) {
    self.request = request
    let policy = try request.policyFolder.read(PolicySet.load, otherwise: PolicySet.embedded)
    detectors = try Detectors(policy.detection)
    names = FleetNames(try request.fleet.read(Fleet.load) { .default })
    base = try PolicySet.contractFile(of: request.source, in: request.policyFolder)
    guard request.source.utf8.allSatisfy({ $0 == 0x2D || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }),
      !request.source.isEmpty
    else {
      throw Fault(.usage, "a source's name is small letters, digits and hyphens")
    }
  }

  public func run(progress: StageProgress) async throws -> LearnOutcome {
    try await progress.shown { try learn(progress) }
  }

  private func learn(_ progress: StageProgress) throws -> LearnOutcome {
    let parts = try FileSink.parts(of: request.paths, cutting: nil)
    if let other = parts.first(where: { !$0.isFile || !$0.isNamed }) {
      throw Fault(
        .usage, "samples are files: they are read several times", at: Location(path: other.given),
        remedy: "Name the files themselves; write a stream to a file first.")
    }
    let judge = Judge(detectors, canaries: nil)
    let learner = try ContractLearner(
      request.source, base: base?.text, path: base?.path ?? "\(request.source).yaml", names: names,
      isContent: { judge.isContent($0) })
    let reader = SampleReader(learner, judge, progress)
    progress.begin("learn")
    var coverage: [Coverage] = []
    repeat {
      coverage = []
      for part in parts {
        try Task.checkCancellation()
        reader.begin(part.path, round: reader.learner.rounds + 1)
        let reading = try FileSink.read(part, as: part.path, surface: .log, into: reader)
        guard var entry = reading.coverage else { continue }
        if entry.format.hasPrefix(Format.exposition.rawValue) { try reader.learnExposition(part.path, &entry) }
        coverage.append(entry)
      }
    } while try reader.learner.endRound()
    let page = LearningPage(reader.learner.summary, coverage: coverage, source: request.source)
    return LearnOutcome(contract: try reader.learner.text(), page: page.text, status: page.status)
  }
}

extension Judge {
  fileprivate func isContent(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBytes { judge($0, surface: .log, slot: .line) }?.isContent ?? false
  }
}

/// Hands the lines of samples to the learner, but for those that detectors hold for conversation.
private final class SampleReader: BatchReceiver {
  var learner: ContractLearner
  private let judge: Judge
  private let progress: StageProgress
  private var path = ""
  private var round = 1
  private var lines = 0

  init(_ learner: ContractLearner, _ judge: Judge, _ progress: StageProgress) {
    self.learner = learner
    self.judge = judge
    self.progress = progress
  }

  func begin(_ path: String, round: Int) {
    if round != self.round { lines = 0 }
    (self.path, self.round) = (path, round)
    learner.beginSource()
    judge.beginSource()
  }

  func receive(_ batch: Batch) throws(Fault) {
    for record in batch.records where record.slot == .line && record.surface == .log {
      let text = UnsafeRawBufferPointer(rebasing: batch.bytes[record.range])
      if judge.judge(text, surface: .log, slot: .line)?.isContent ?? false {
        learner.skipContent(batch.bytes, record.range, at: LearningPlace(path: path, line: record.line))
      } else {
        learner.line(batch.bytes, record.range, at: LearningPlace(path: path, line: record.line))
      }
      lines += 1
    }
    progress.update("round \(round), \(lines) lines")
  }

  /// Largest exposition that is learned from; an exporter's is a few megabytes at most.
  private static let maximumExposition = 64 << 20

  /// Reads the file once more, as the exposition that it is.
  func learnExposition(_ path: String, _ coverage: inout Coverage) throws(Fault) {
    guard coverage.format == Format.exposition.rawValue, let file = FileHandle(forReadingAtPath: path),
      let data = try? file.read(upToCount: Self.maximumExposition + 1), data.count <= Self.maximumExposition
    else {
      coverage.outcome = .incomplete
      coverage.notes.append("an exposition is learned from as it is scraped, uncompressed, and of at most 64 MB")
      return
    }
    let judge = judge
    var problem: Fault?
    Array(data).withUnsafeBytes { bytes in
      do throws(Fault) {
        try learner.exposition(bytes, path: path) { text, label in
          judge.judge(text, surface: .label, slot: label == nil ? .metricName : .labelValue, name: label)?.isContent
            ?? false
        }
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
  }

  func notice(
    rule: String, severity: Severity, sink: Sink, surface: Surface, message: String, remedy: String?,
    at location: Location
  ) {}
}
