import Foundation
import Testing

/// The real programs that an audit drives.
enum Engines {
  /// True where all are there; where `SIGILO_REQUIRE` asks for them, their absence must not skip a test but fail it.
  static let present: Bool = {
    let required = ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? ""
    let programs = ["prometheus", "promtool", "prometheus-alertmanager", "amtool"]
    return !required.isEmpty
      || programs.allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
  }()

  static let reason: Comment = "needs prometheus and prometheus-alertmanager (apt-get install)"

  /// Names of the processes that work in a folder or were told of it.
  static func running(under folder: String) -> [String] {
    let needle = Data(folder.utf8)
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.filter { Int32($0) != nil }.compactMap { process in
      let arguments = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
      let place = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")) ?? ""
      guard arguments.firstRange(of: needle) != nil || place.hasPrefix(folder) else { return nil }
      let name = FileManager.default.contents(atPath: "/proc/\(process)/comm") ?? Data("?".utf8)
      return String(decoding: name, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
  }
}
