import Engines
import Foundation

@testable import ConfigBundle

/// A folder that is gone when the test is.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("sigilo-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }
}

/// Whether a test that needs a program runs: where it is installed, and where `SIGILO_REQUIRE` names it or the program whose
/// package carries it, so that a missing program is then a failure.
func canTest(_ name: EngineName) -> Bool {
  let required = (ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? "").split(separator: ",").map(String.init)
  let carriers = EngineName.allCases.filter { $0 == name || ($0.package != nil && $0.package == name.package) }
  return carriers.contains { required.contains($0.rawValue) } || (try? Engine.find(name)) != nil
}
