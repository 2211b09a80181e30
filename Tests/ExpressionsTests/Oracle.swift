import Foundation

/// libre2, through a small program that is compiled where Debian's libre2-dev and a C++ compiler are installed.
enum Oracle {
  private static let folder = FileManager.default.temporaryDirectory.appending(path: "sigilo-re2-\(getpid())")

  /// Nil where it cannot be made.
  static let program: URL? = {
    let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Oracle/re2.cpp")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: Oracle.folder) }
    let binary = folder.appending(path: "re2")
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = ["c++", "-std=c++17", "-O1", source.path, "-o", binary.path, "-lre2", "-pthread"]
    compiler.standardError = FileHandle.nullDevice
    guard (try? compiler.run()) != nil else { return nil }
    compiler.waitUntilExit()
    return compiler.terminationStatus == 0 ? binary : nil
  }()

  /// True where `SIGILO_REQUIRE` asks for it, so that its absence fails and does not skip.
  static var isWanted: Bool {
    (ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? "").split(separator: ",").contains("libre2")
      || program != nil
  }

  /// What it says of each pattern and text: `refused`, `none`, or the groups as `start,end`, `-` for none.
  static func answers(_ cases: [(pattern: [UInt8], text: [UInt8])]) throws -> [String] {
    let process = Process()
    process.executableURL = program
    let folder = FileManager.default.temporaryDirectory.appending(path: "sigilo-re2-\(UUID().uuidString)")
    let input = cases.map { "\(hex($0.pattern)) \(hex($0.text))\n" }.joined()
    try Data(input.utf8).write(to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    process.standardInput = try FileHandle(forReadingFrom: folder)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.isEmpty ? "-" : bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
