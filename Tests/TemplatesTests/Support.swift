import Engines
import Foundation
import Vocabulary

/// A folder of a test's own.
struct Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("templates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  /// JSON, which YAML's readers take.
  func write(_ name: String, _ value: [String: Any]) throws {
    try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes]).write(
      to: url.appendingPathComponent(name))
  }

  func run(_ name: EngineName, _ arguments: [String]) async throws -> CommandResult {
    try await Command(
      Engine.find(name), arguments, folder: url.path, deadline: .seconds(60), limit: 4 << 20
    ).run()
  }
}
