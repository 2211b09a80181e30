import Foundation
import Sinks
import Synchronization
import Testing
import Vocabulary

/// Keeps copies of everything a sink hands over.
final class Collector: BatchReceiver {
  struct Specimen: Equatable {
    var text: [UInt8]
    var surface: Surface
    var slot: Slot
    var line: Int
    var column: Int
    var isVerbatim: Bool
    var indentation: Int
    var owner: String?
    var name: String?
    var time: Int64
    var ordinal: Int

    var string: String { String(decoding: text, as: UTF8.self) }
  }

  var specimens: [Specimen] = []
  var notices: [(rule: String, place: Location)] = []
  var largestBatch = 0

  func receive(_ batch: Batch) throws(Fault) {
    largestBatch = max(largestBatch, batch.bytes.count)
    for record in batch.records {
      specimens.append(
        Specimen(
          text: Array(batch.bytes[record.range]), surface: record.surface, slot: record.slot, line: record.line,
          column: record.column, isVerbatim: record.isVerbatim, indentation: record.indentation,
          owner: record.owner < 0 ? nil : batch.owners[record.owner],
          name: record.name < 0 ? nil : batch.names[record.name], time: record.time, ordinal: record.ordinal))
    }
  }

  func notice(
    rule: String, severity: Severity, sink: Sink, surface: Surface, message: String, remedy: String?,
    at location: Location
  ) {
    notices.append((rule, location))
  }

  func texts(_ slot: Slot) -> [String] { specimens.filter { $0.slot == slot }.map(\.string) }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}

/// A folder that goes away with the test.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sinks-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

func write(_ text: String, to path: String) throws {
  try FileManager.default.createDirectory(
    atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
  try Data(text.utf8).write(to: URL(filePath: path))
}
