import Engines
import Foundation
import Vocabulary

/// A real program that the tests ask.
enum Program {
  /// Where it is installed, and where `SIGILO_REQUIRE` lists its package, so that a missing program is then a failure.
  static func isWanted(_ name: EngineName) -> Bool {
    let required = (ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? "").split(separator: ",").map(String.init)
    let names = [name.rawValue, name == .promtool ? "prometheus" : "alertmanager"]
    return names.contains { required.contains($0) } || (try? Engine.find(name)) != nil
  }
}

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
