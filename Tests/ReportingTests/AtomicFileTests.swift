import Foundation
import Reporting
import Testing
import Vocabulary

@Suite struct AtomicFileTests {
  @Test func writesAndReplacesWithoutATrace() throws {
    try inFolder { folder in
      let path = folder + "/report.json"
      try AtomicFile.write(Array("first".utf8), to: path)
      try AtomicFile.write(Array("second".utf8), to: path, mode: 0o600)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["report.json"])
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  /// The rename fails after the bytes were written: what was there stays, and the temporary file goes.
  @Test func aFailedRenameLeavesNothing() throws {
    try inFolder { folder in
      let path = folder + "/taken"
      try FileManager.default.createDirectory(atPath: path + "/inside", withIntermediateDirectories: true)
      let fault = #expect(throws: Fault.self) { try AtomicFile.write([1], to: path) }
      #expect(fault?.status == .usage)
      #expect(fault?.place?.path == path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken"])
    }
  }

  @Test func aMissingFolderIsAUsageFault() throws {
    try inFolder { folder in
      let fault = #expect(throws: Fault.self) { try AtomicFile.write([1], to: folder + "/none/file") }
      #expect(fault?.status == .usage)
    }
  }

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sigilo-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }
}
