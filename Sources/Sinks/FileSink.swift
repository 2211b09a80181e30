import Foundation
public import Syntax
public import Vocabulary

/// Reads files, folders and standard input; tells formats by content and hands everything over.
public enum FileSink {
  /// Bytes of a file by which its format is told.
  static let recognised = 256 << 10

  /// Reads a file, everything below a folder, or standard input (`-`).
  ///
  /// - Parameters:
  ///   - displayPath: printed in locations and used in sinks' names in place of `path`.
  ///   - surface: of text whose format tells none; by default logs for standard input, configuration for files.
  /// - Returns: one coverage a file, in the order of reading.
  /// - Throws: `usage` where there is no such file or folder; what the receiver throws.
  public static func read(
    _ path: String, displayPath: String? = nil, surface: Surface? = nil, limits: ReadLimits = ReadLimits(),
    into receiver: any BatchReceiver
  ) throws(Fault) -> [Coverage] {
    var coverage: [Coverage] = []
    for part in try parts(of: [path], limits: limits, cutting: nil) {
      let shown = displayPath.map { $0 + part.path.dropFirst(path.count) } ?? part.path
      if let entry = try read(part, as: shown, surface: surface, limits: limits, into: receiver).coverage {
        coverage.append(entry)
      }
    }
    return coverage
  }

  /// Reads text that lies in memory as a file of that path would be read.
  public static func read(
    _ bytes: [UInt8], path: String, format: Format? = nil, surface: Surface? = nil, limits: ReadLimits = ReadLimits(),
    into receiver: any BatchReceiver
  ) throws(Fault) -> Coverage {
    let recognised = format ?? bytes.withUnsafeBytes { Format.recognise(path: path, bytes: $0) }
    let source = ByteSource(head: bytes)
    // Every format but a folder's has a coverage.
    return try read(source, recognised, path, surface, limits, receiver).coverage!
  }

  // MARK: - One file

  /// Reads one part of what `parts(of:)` found.
  ///
  /// - Parameters:
  ///   - shown: printed in locations and used in sinks' names; `part.path` where that may be printed.
  /// - Returns: its coverage, none for a folder, and how many lines end in it where it is a part of a file.
  /// - Throws: what the receiver throws.
  public static func read(
    _ part: FilePart, as shown: String, surface: Surface? = nil, limits: ReadLimits = ReadLimits(),
    into receiver: any BatchReceiver
  ) throws(Fault) -> PartReading {
    if part.isFirst { try nameSpecimen(part, as: shown, surface, receiver) }
    switch part.kind {
    case .folder: return PartReading()
    case .input:
      return try read(descriptor: 0, part, shown, surface ?? .log, limits, receiver)
    case .file: break
    // Named by the user it may be a pipe; found in a folder, opening it could wait for ever.
    case .special where part.isNamed: break
    case .special: return unread(shown, .incomplete, "not a regular file")
    case .dangling: return unread(shown, .incomplete, "the symbolic link leads nowhere")
    case .unreadable(let reason): return unread(shown, .incomplete, "cannot be read: \(reason)")
    case .seenBefore: return unread(shown, .judged, "a link to what was read under its own name")
    case .excluded: return unread(shown, .judged, "not read: version control's own store")
    }
    let descriptor = open(part.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return unread(shown, .incomplete, "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    return try read(descriptor: descriptor, part, shown, surface, limits, receiver)
  }

  private static func read(
    descriptor: Int32, _ part: FilePart, _ name: String, _ surface: Surface?, _ limits: ReadLimits,
    _ receiver: any BatchReceiver
  ) throws(Fault) -> PartReading {
    if let cut = part.cut {
      guard lseek(descriptor, off_t(cut.range.lowerBound), SEEK_SET) >= 0 else {
        return unread(name, .incomplete, "cannot be read: \(String(cString: strerror(errno)))")
      }
      let lead = FilePart.lead(descriptor, before: cut.range.lowerBound)
      let source = ByteSource(descriptor: descriptor, limit: cut.range.upperBound - cut.range.lowerBound)
      return try read(source, cut.format, name, surface, limits, receiver, after: lead)
    }
    let source = ByteSource(descriptor: descriptor)
    do throws(Fault) {
      let (all, format) = try recognised(source, hint: part.kind.isInput ? nil : part.path, limits)
      return try read(all, format, name, surface, limits, receiver)
    } catch {
      guard error.status == .incomplete else { throw error }
      return unread(name, .incomplete, error.problem)
    }
  }

  /// The source with its format told; of a structured document, which is held whole, by all of it.
  static func recognised(
    _ source: ByteSource, hint: String?, _ limits: ReadLimits
  ) throws(Fault) -> (source: ByteSource, format: Format) {
    var head = try source.read(upTo: recognised)
    var format = head.bytes.withUnsafeBytes { Format.recognise(path: hint, bytes: $0, isWhole: head.isWhole) }
    if [.json, .yaml].contains(format.notation), !head.isWhole {
      head = try source.read(upTo: limits.maximumDocument, after: head.bytes)
      format = head.bytes.withUnsafeBytes { Format.recognise(path: hint, bytes: $0, isWhole: head.isWhole) }
    }
    return (head.isWhole ? ByteSource(head: head.bytes) : source.prefixed(by: head.bytes), format)
  }

  static func read(
    _ source: ByteSource, _ format: Format, _ name: String, _ surface: Surface?, _ limits: ReadLimits,
    _ receiver: any BatchReceiver, wrappings: [String] = [], after lead: [UInt8] = []
  ) throws(Fault) -> PartReading {
    if let wrapping = Wrapping(source, format), wrappings.count < Wrapping.maximum {
      return try wrapping.read(name, surface, limits, receiver, inside: wrappings)
    }
    let isOpen = [.text, .utf16, .binary].contains(format)
    let surface = isOpen ? surface ?? format.surface : format.surface
    let sink = Sink(isOpen && surface == .log ? .logFile : format.sinkKind, name)
    if !lead.isEmpty { try precede(lead, sink, name, surface, receiver) }
    let writer = RecordWriter(sink: sink, path: name, receiver: receiver)
    let reader = DocumentReader(writer: writer, surface: surface)
    var reading = Reading(format: format)
    do throws(Fault) {
      switch format {
      case .gzip, .compressed, .utf16:
        try skip(source, &reading)
        reading.fall(.incomplete, "compressed: decompress it and read it again, e.g. through standard input")
      case _ where format.notation == .json || format.notation == .yaml:
        try document(source, reader, limits, &reading)
      default: try reader.lines(source, &reading)
      }
    } catch {
      // Our own reading failed; what the receiver throws goes on.
      guard error.status == .incomplete else { throw error }
      reading.fall(.incomplete, error.problem)
    }
    if writer.hasCutRun { reading.fall(.incomplete, Reading.cutRun) }
    return PartReading(
      coverage: Coverage(
        sink: sink, surface: surface, outcome: reading.outcome,
        format: ([format.rawValue] + wrappings.reversed()).joined(separator: ", "), records: writer.count,
        bytes: reading.bytes, notes: reading.notes),
      lines: reading.lines)
  }

  private static func precede(
    _ lead: [UInt8], _ sink: Sink, _ name: String, _ surface: Surface, _ receiver: any BatchReceiver
  ) throws(Fault) {
    let writer = RecordWriter(sink: sink, path: name, receiver: LeadReceiver(receiver))
    var failure: Fault?
    lead.withUnsafeBytes { raw in
      let slice = Slice(bytes: raw, line: 1, column: 1, isWholeLines: true)
      do throws(Fault) { try LineRecords.read(slice, surface: surface, into: writer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private static func document(
    _ source: ByteSource, _ reader: DocumentReader, _ limits: ReadLimits, _ reading: inout Reading
  ) throws(Fault) {
    let (bytes, isWhole) = try source.read(upTo: limits.maximumDocument)
    guard !isWhole else { return try reader.read(bytes, &reading) }
    // Too large to hold: its lines are judged, whatever they are.
    reading.fall(.judgedAsText, "larger than \(limits.maximumDocument >> 20) MB: judged as text in windows")
    reading.format = .text
    try reader.lines(source.prefixed(by: bytes), &reading)
  }

  /// Counts what is not judged.
  private static func skip(_ source: ByteSource, _ reading: inout Reading) throws(Fault) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try source.fill(buffer)
      reading.bytes += count
      if count < buffer.count { return }
    }
  }

  // MARK: - Names

  /// The path below what the user named may itself hold text.
  private static func nameSpecimen(
    _ part: FilePart, as shown: String, _ surface: Surface?, _ receiver: any BatchReceiver
  ) throws(Fault) {
    guard !part.kind.isInput, let name = part.path.split(separator: "/").last else { return }
    let writer = RecordWriter(sink: Sink(.text, shown), path: shown, receiver: receiver)
    try writer.add(Array(name.utf8), Mark(surface: surface ?? .config, slot: .fileName, isVerbatim: false))
    try writer.flush()
  }

  private static func unread(_ name: String, _ outcome: Coverage.Outcome, _ note: String) -> PartReading {
    PartReading(
      coverage: Coverage(
        sink: Sink(.text, name), surface: .config, outcome: outcome, format: "unread", notes: [note]))
  }
}
