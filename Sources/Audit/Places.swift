import Sinks
import Vocabulary

/// Turns a record and an offset inside it into a printable location. Called for findings only.
struct Places {
  var guarded: NameGuard
  /// Paths that the user typed; what follows them was found by walking and is guarded.
  var givenPaths: [String]

  func location(of record: Record, offset: Int, in batch: Batch, pathIsContent: Bool) -> Location {
    var location = Location()
    if let path = batch.path { location.path = printable(path: path, isContent: pathIsContent) }
    if record.line > 0 {
      (location.line, location.column) = lineAndColumn(of: record, offset: offset, in: batch.bytes)
    }
    if record.owner >= 0 {
      let owner = batch.owners[record.owner]
      switch batch.ownerKind {
      case .none: break
      case .family: location.series = guarded.printable(family: owner)
      case .pointer: location.pointer = guarded.printable(pointer: owner)
      case .stream: location.stream = guarded.printable(stream: owner)
      }
    }
    if record.name >= 0 { location.label = guarded.printable(name: batch.names[record.name]) }
    if record.time != 0 {
      location.time = record.time
      location.ordinal = record.ordinal
    }
    return location
  }

  func printable(path: String, isContent: Bool) -> String {
    for given in givenPaths where path == given || path.hasPrefix(given.hasSuffix("/") ? given : given + "/") {
      return given + guarded.printable(path: String(path.dropFirst(given.count)), isContent: isContent)
    }
    return guarded.printable(path: path, isContent: isContent)
  }

  /// Guards the parts of a location that a reader made.
  func printable(_ location: Location) -> Location {
    var result = location
    result.path = location.path.map { printable(path: $0, isContent: false) }
    result.pointer = location.pointer.map(guarded.printable(pointer:))
    result.series = location.series.map(guarded.printable(family:))
    result.label = location.label.map(guarded.printable(name:))
    result.stream = location.stream.map(guarded.printable(stream:))
    return result
  }

  /// Line and column (code points) of a byte inside a record.
  private func lineAndColumn(
    of record: Record, offset: Int, in bytes: UnsafeRawBufferPointer
  ) -> (line: Int, column: Int) {
    var line = record.line
    var column = max(record.column, 1)
    guard record.isVerbatim else { return (line, column) }
    let end = min(record.range.lowerBound + offset, record.range.upperBound)
    for index in record.range.lowerBound..<end {
      if bytes[index] == UInt8(ascii: "\n") {
        line += 1
        column = 1 + record.indentation
      } else if bytes[index] & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }
}
