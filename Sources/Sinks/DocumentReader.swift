import Syntax
import Vocabulary

/// How a document or stream was read; becomes its coverage.
struct Reading {
  var format: Format
  var outcome = Coverage.Outcome.judged
  var notes: [String] = []
  var bytes = 0
  /// Line breaks in a stream of lines.
  var lines = 0

  /// Of a long run the judge sees windows.
  static let cutRun =
    "what may be encoded text longer than 1 MB was judged in parts: compressed text shows in the first alone"

  /// Notes why some bytes were judged by no detector.
  mutating func fall(_ outcome: Coverage.Outcome, _ note: String) {
    let isWorse = self.outcome == .judged || outcome == .incomplete || outcome == .unreachable
    if isWorse { self.outcome = outcome }
    if !notes.contains(note) { notes.append(note) }
  }
}

/// Reads what has a known format into records.
struct DocumentReader {
  let writer: RecordWriter
  /// Of text whose format gives none.
  let surface: Surface

  /// Reads a whole document that lies in memory.
  func read(_ bytes: [UInt8], _ reading: inout Reading) throws(Fault) {
    reading.bytes += bytes.count
    switch reading.format.notation {
    case .yaml where isJSON(bytes), .json: try json(bytes, &reading)
    case .yaml: try yaml(bytes, &reading)
    default: try lines(ByteSource(head: bytes), &reading, counts: false)
    }
    try writer.flush()
  }

  /// Reads a stream of lines of any length, and of text in binary data.
  ///
  /// - Parameter counts: whether its bytes are still to be counted.
  func lines(_ source: ByteSource, _ reading: inout Reading, counts: Bool = true) throws(Fault) {
    var slicer = LineSlicer(source)
    var exposition = ExpositionRecords.State()
    var json = JSONLineRecords(format: reading.format)
    let format = reading.format
    let surface = surface
    let writer = writer
    try slicer.slices { slice throws(Fault) in
      switch format {
      case .exposition: try ExpositionRecords.read(slice, &exposition, into: writer)
      case .alertmanagerWebhook, .alertmanagerAlerts, .lokiPush: try json.read(slice, into: writer)
      case .binary: try PrintableRecords.read(slice, surface: surface, into: writer)
      default: try LineRecords.read(slice, surface: surface, into: writer)
      }
    }
    try writer.flush()
    if counts { reading.bytes += slicer.bytes }
    reading.lines = slicer.lineBreaks
    if slicer.hasCutRun { reading.fall(.incomplete, Reading.cutRun) }
    let broken = exposition.brokenLines + json.brokenLines
    if broken > 0 { reading.fall(.judgedAsText, "\(broken) lines are not \(format.rawValue) and were judged as text") }
    if format == .binary { reading.fall(.incomplete, "binary: only its printable text was judged") }
  }

  private func json(_ bytes: [UInt8], _ reading: inout Reading) throws(Fault) {
    let format = reading.format
    var problem: Fault?
    var failure: Fault?
    bytes.withUnsafeBytes { raw in
      do throws(Fault) { try JSONScanner.validate(raw, path: writer.path) } catch { problem = error }
      guard problem == nil else { return }
      var state = JSONRecords.State()
      do throws(Fault) { try JSONRecords.read(raw, format: format, &state, into: writer) } catch { failure = error }
    }
    if let failure { throw failure }
    if let problem {
      let isLines = format == .alertmanagerWebhook || format == .alertmanagerAlerts || format == .lokiPush
      if isLines, bytes.contains(0x0A) { return try lines(ByteSource(head: bytes), &reading, counts: false) }
      try asText(bytes, &reading, because: problem)
    }
  }

  private func yaml(_ bytes: [UInt8], _ reading: inout Reading) throws(Fault) {
    var problem: Fault?
    var roots: [PositionedValue] = []
    do throws(Fault) { roots = try YAMLDocument.parseAll(bytes, path: writer.path) } catch { problem = error }
    if let problem { return try asText(bytes, &reading, because: problem) }
    var failure: Fault?
    let surface = surface
    bytes.withUnsafeBytes { raw in
      do throws(Fault) { try YAMLRecords.read(roots, raw, surface: surface, into: writer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func asText(_ bytes: [UInt8], _ reading: inout Reading, because problem: Fault) throws(Fault) {
    writer.notice(problem, surface: surface)
    let place = problem.place.flatMap { place in place.line.map { " at line \($0), column \(place.column ?? 1)" } }
    reading.fall(.judgedAsText, problem.problem + (place ?? ""))
    let source = ByteSource(head: bytes)
    var slicer = LineSlicer(source)
    let surface = surface
    let writer = writer
    try slicer.slices { slice throws(Fault) in try LineRecords.read(slice, surface: surface, into: writer) }
    if slicer.hasCutRun { reading.fall(.incomplete, Reading.cutRun) }
  }

  private func isJSON(_ bytes: [UInt8]) -> Bool {
    let first = bytes.first { $0 > 0x20 }
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
    return bytes.withUnsafeBytes { raw in (try? JSONScanner.validate(raw)) != nil }
  }
}

/// JSON documents line by line, as webhooks are captured.
struct JSONLineRecords {
  private let format: Format
  private var state = JSONRecords.State()
  private(set) var brokenLines = 0

  init(format: Format) { self.format = format }

  mutating func read(_ slice: Slice, into writer: RecordWriter) throws(Fault) {
    guard slice.isWholeLines else { return try LineRecords.read(slice, surface: format.surface, into: writer) }
    let bytes = slice.bytes
    var start = 0
    var line = slice.line
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let document = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      if document.contains(where: { $0 > 0x20 }) { try read(document, line, into: writer) }
      start = end + 1
      line += 1
    }
    try writer.flush()
  }

  private mutating func read(
    _ document: UnsafeRawBufferPointer, _ line: Int, into writer: RecordWriter
  ) throws(Fault) {
    var problem: Fault?
    do throws(Fault) { try JSONScanner.validate(document, path: writer.path) } catch { problem = error }
    guard var problem else { return try JSONRecords.read(document, format: format, line: line, &state, into: writer) }
    brokenLines += 1
    try writer.setOwner(.none, "")
    try writer.add(document, Mark(surface: format.surface, slot: .line, line: line, column: 1))
    if brokenLines == 1 {
      problem.place?.line = line
      writer.notice(problem, surface: format.surface)
    }
  }
}
