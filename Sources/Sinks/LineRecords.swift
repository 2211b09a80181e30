import Foundation
import Vocabulary

/// Text judged line by line.
enum LineRecords {
  /// One record a line, blank ones apart, without its line break.
  static func read(_ slice: Slice, surface: Surface, into writer: RecordWriter) throws(Fault) {
    var records = writer.takeRoom()
    var start = 0
    var line = slice.line
    var column = slice.column
    let bytes = slice.bytes
    while start < bytes.count {
      let next = memchr(bytes.baseAddress! + start, 0x0A, bytes.count - start)
      let end = next.map { UnsafeRawPointer($0) - bytes.baseAddress! } ?? bytes.count
      let content = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
      if !isBlank(bytes, start..<content) {
        let slot =
          (surface == .config || surface == .alert) && isComment(bytes, start..<content) ? Slot.comment : .line
        records.append(Record(range: start..<content, surface: surface, slot: slot, line: line, column: column))
      }
      start = end + 1
      line += 1
      column = 1
    }
    try writer.pass(bytes, records)
    writer.giveBack(room: records)
  }

  /// A comment that takes the line, of a configuration language or of a Go template.
  private static func isComment(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    let text = bytes[range].drop { $0 == 0x20 || $0 == 0x09 }
    return commentMarks.contains { text.starts(with: $0.utf8) }
  }

  private static let commentMarks = ["#", "//", "{{/*", "{{- /*"]

  private static func isBlank(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    for index in range where bytes[index] != 0x20 && bytes[index] != 0x09 && bytes[index] != 0x0D { return false }
    return true
  }
}
