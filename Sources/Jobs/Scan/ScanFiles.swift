import Audit
import Reporting
import Sinks
import Vocabulary

/// Reads and judges what the paths of a scan lead to.
struct ScanFiles {
  /// A file that was read.
  struct File: Sendable {
    var part: FilePart
    var coverage: Coverage
    /// False where the checks of configurations could not read it.
    var isChecked = true
  }

  private struct Result: Sendable {
    var table: FindingTable
    var reading: PartReading
  }

  let context: JobContext
  private(set) var findings = FindingTable()
  /// In the order of the walk.
  private(set) var files: [File] = []
  /// Line breaks in the parts of the file at hand that were read so far.
  private var lines = 0

  init(_ context: JobContext) { self.context = context }

  mutating func read(_ parts: [FilePart], progress: StageProgress) async throws {
    let context = context
    var done = 0
    try await OrderedWork.run(parts, workers: context.workers) { part in
      let auditor = context.auditor(names: context.names(), givenPaths: [part.given])
      var reading = try FileSink.read(part, as: auditor.printable(path: part.path), into: auditor)
      reading.coverage = reading.coverage.map(auditor.corrected)
      return Result(table: auditor.table, reading: reading)
    } take: { part, result in
      add(result, of: part)
      done += 1
      progress.update("\(done) of \(parts.count)")
    }
  }

  private mutating func add(_ result: Result, of part: FilePart) {
    if part.isFirst { lines = 0 }
    findings.add(result.table.moved(byLines: lines))
    lines += result.reading.lines
    guard let coverage = result.reading.coverage else { return }
    if part.isFirst {
      files.append(File(part: part, coverage: coverage))
    } else {
      files[files.count - 1].coverage.add(coverage)
    }
  }
}

extension Coverage {
  /// Takes over what became of another part of the same sink.
  fileprivate mutating func add(_ other: Coverage) {
    records += other.records
    bytes += other.bytes
    if let more = other.claims { claims = (claims ?? [:]).merging(more) { first, second in first + second } }
    let order: [Outcome] = [.judged, .judgedAsText, .unreachable, .incomplete]
    outcome = [outcome, other.outcome].max { order.firstIndex(of: $0)! < order.firstIndex(of: $1)! }!
    notes += other.notes.filter { !notes.contains($0) }
  }
}
