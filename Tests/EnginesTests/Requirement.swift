import Foundation

@testable import Engines

/// Whether a test that needs a real program runs: where it is installed, and where `SIGILO_REQUIRE` (names, commas)
/// lists it, so that a missing program is then a failure.
func canTest(_ name: EngineName) -> Bool {
  let required = (ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? "").split(separator: ",")
  return required.contains { $0 == name.rawValue } || (try? Engine.find(name)) != nil
}

/// True once no such process lives, a zombie counting as gone.
func isGone(_ pid: pid_t) async -> Bool {
  for _ in 0..<200 {
    let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    guard let status, !status.contains(") Z ") else { return true }
    try? await Task.sleep(for: .milliseconds(10))
  }
  return false
}
