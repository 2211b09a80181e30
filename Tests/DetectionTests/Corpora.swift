import Foundation
import Testing
import Vocabulary

/// Labelled texts from public sources, which are no part of this repository: `SIGILO_SHARED` names the folder they are in.
enum Corpora {
  static let folder = (ProcessInfo.processInfo.environment["SIGILO_SHARED"] ?? "../shared") + "/corpora"
  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder) }
  static let missing: Comment = "no corpora under SIGILO_SHARED"

  struct Row: Decodable, Sendable {
    var id: String
    var surface: Surface
    var text: String
    var label: Int
    var kind: String
    var value: String?
    var name: String?
    var isVeryShort: Bool?

    enum CodingKeys: String, CodingKey {
      case id, surface, text, label, kind, value, name
      case isVeryShort = "very_short"
    }
  }

  static func rows(every step: Int = 1, from first: Int = 0) throws -> [Row] {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/eval/dev.jsonl"), options: .mappedIfSafe)
    return try data.split(separator: 0x0A).enumerated()
      .filter { $0.offset % step == first }
      .map { try JSONDecoder().decode(Row.self, from: $0.element) }
  }
}
