import Foundation
import Pipelines
import Syntax
public import Vocabulary

/// Says what becomes of each line of a log under the pipeline of a Promtail configuration; never what stands in it.
///
/// Lines are named by their number from 1, stages by their number in the pipeline, labels and structured metadata by name.
/// All of these names come from the configuration. A fate is told when it is certain, so that of a line that is gathered
/// (`multiline`, `cri`) comes after that of what it was gathered with.
public final class TraceJob {
  /// Longest configuration that is read.
  static let maximumConfig = 8 << 20
  /// Longest line; Loki takes 256 KB unless it is told otherwise.
  static let maximumLine = 16 << 20

  private let path: String
  private let job: PromtailConfig.Job
  private let externalLabels: [String: String]
  private var rest: [UInt8] = []
  private var count = 0
  private var kept = 0
  private var changed = 0
  private var drops: [String: Int] = [:]

  /// - Parameters:
  ///   - config: a Promtail configuration.
  ///   - job: which of its scrape jobs; nil where there is only one.
  public init(config: String, job: String?) throws(Fault) {
    path = config
    let config = try PromtailConfig(YAMLDocument.parse(Self.read(config), path: config), path: config)
    externalLabels = config.externalLabels
    let names = config.jobs.map(\.name).joined(separator: ", ")
    if let job {
      guard let found = config.jobs.first(where: { $0.name == job }) else {
        throw Fault(.usage, "there is no scrape job of that name", at: Location(path: path), remedy: "Jobs: \(names).")
      }
      self.job = found
    } else {
      guard config.jobs.count == 1 else {
        throw Fault(
          .usage, "there are several scrape jobs", at: Location(path: path), remedy: "Give --job, one of: \(names).")
      }
      self.job = config.jobs[0]
    }
  }

  private static func read(_ path: String) throws(Fault) -> [UInt8] {
    guard let file = FileHandle(forReadingAtPath: path), let data = try? file.read(upToCount: maximumConfig + 1) else {
      throw Fault(.usage, "the configuration cannot be read", at: Location(path: path))
    }
    guard data.count <= maximumConfig else {
      throw Fault(.usage, "the configuration is larger than \(maximumConfig >> 20) MB", at: Location(path: path))
    }
    return Array(data)
  }

  /// Takes a piece of the log, of any length.
  ///
  /// - Returns: the fates that became certain by it, a line each.
  public func trace(_ piece: [UInt8]) throws(Fault) -> [UInt8] {
    var out = ""
    var start = piece.startIndex
    while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
      rest += piece[start..<end]
      try trace(line: rest, into: &out)
      rest.removeAll(keepingCapacity: true)
      start = end + 1
    }
    rest += piece[start...]
    guard rest.count <= Self.maximumLine else {
      throw Fault(
        .incomplete, "a line longer than \(Self.maximumLine >> 20) MB is not traced",
        at: Location(path: "-", line: count + 1))
    }
    return Array(out.utf8)
  }

  /// The fates that were open, and a summary.
  ///
  /// - Throws: a usage fault where there was no line at all.
  public func finish() throws(Fault) -> [UInt8] {
    var out = ""
    if !rest.isEmpty { try trace(line: rest, into: &out) }
    guard count > 0 else {
      throw Fault(
        .usage, "there is no line on standard input", remedy: "sigilo contract trace \(path) < LOG")
    }
    for outcome in try job.pipeline.finish() { tell(outcome, into: &out) }
    let dropped = drops.values.reduce(0, +)
    out += "\(count) lines: \(count - dropped) kept"
    out += ", in \(kept) entries of which \(changed) are changed; \(dropped) dropped\n"
    for (place, number) in drops.sorted(by: { $0.key < $1.key }) { out += "  \(number) by \(place)\n" }
    for note in job.notes { out += "Not known here: \(note).\n" }
    return Array(out.utf8)
  }

  private func trace(line: [UInt8], into out: inout String) throws(Fault) {
    count += 1
    switch job.initial {
    case .dropped(let line):
      out += "\(count) dropped by \(drop(1, "relabel_configs at \(path):\(line)"))\n"
    case .labels(let labels):
      let entry = PipelineEntry(line: line, labels: labels, number: count)
      for outcome in try job.pipeline.process(entry) { tell(outcome, into: &out) }
    }
  }

  private func drop(_ lines: Int, _ place: String) -> String {
    drops[place, default: 0] += lines
    return place
  }

  private func tell(_ outcome: PipelineOutcome, into out: inout String) {
    switch outcome {
    case .dropped(let origins, let place, let reason):
      out += "\(Self.numbers(origins)) dropped by "
      let why =
        switch reason {
        case .counted(let name): "counted as \(name)"
        case .lost(let why): "not counted: \(why)"
        }
      out += drop(origins.count, "\(place.number) (\(place.name)) at \(path):\(place.line), \(why)") + "\n"
    case .kept(let entry):
      kept += 1
      out += Self.numbers(entry.origins)
      if entry.changes.isEmpty {
        out += " kept"
      } else {
        changed += 1
        out += " changed by " + entry.changes.map { "\($0.number) (\($0.name))" }.joined(separator: ", ")
      }
      var labels = Set(entry.labels.keys).union(externalLabels.keys)
      if labels.remove(PipelineEntry.tenantLabel) != nil { out += "; tenant set" }
      out += "; labels " + (labels.isEmpty ? "none" : labels.sorted().joined(separator: ", "))
      let metadata = Set(entry.metadata.map(\.name))
      if !metadata.isEmpty { out += "; metadata " + metadata.sorted().joined(separator: ", ") }
      out += "\n"
    }
  }

  /// `3`, `3-5`, `3-5,8`.
  private static func numbers(_ origins: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in origins.sorted() {
      if let last = ranges.last, last.upperBound + 1 >= number {
        ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, number)
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(
      separator: ",")
  }
}
