import Syntax
import Vocabulary

/// Runs of printable text in bytes of a format that is not known.
enum PrintableRecords {
  static let shortest = 16

  /// Runs of at least 16 bytes of ASCII, tabs and well-formed UTF-8 beyond it.
  ///
  /// A run that crosses the end of a slice comes as two records; slices are cut at line feeds, which end a run anyway,
  /// wherever there is one.
  static func read(_ slice: Slice, surface: Surface, into writer: RecordWriter) throws(Fault) {
    let bytes = slice.bytes
    var records: [Record] = []
    var start = 0
    var index = 0
    var counter = PositionCounter(line: slice.line, column: slice.column)
    func close() {
      guard index - start >= shortest else { return }
      counter.move(to: start, in: bytes)
      records.append(
        Record(range: start..<index, surface: surface, slot: .line, line: counter.line, column: counter.column))
    }
    while index < bytes.count {
      let length = isPrintable(bytes[index]) ? UTF8Check.sequenceLength(bytes, at: index) : 0
      if length == 0 {
        close()
        index += 1
        start = index
      } else {
        index += length
      }
    }
    close()
    try writer.pass(bytes, records)
  }

  private static func isPrintable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }
}
