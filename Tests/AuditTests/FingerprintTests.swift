import Foundation
import Testing
import Vocabulary

@testable import Audit

@Suite struct FingerprintTests {
  let key = FingerprintKey(bytes: Array(repeating: 1, count: 32))
  let other = FingerprintKey(bytes: Array(repeating: 2, count: 32))

  func telemetry(_ evidence: String, sink: String = "vllm@gpu-node1", key: FingerprintKey? = nil) -> String {
    Fingerprint.ofTelemetry(
      rule: "r", sink: Sink(.logFile, sink), skeleton: Array("s".utf8), evidence: Array(evidence.utf8),
      key: key ?? self.key)
  }

  @Test func dependsOnKeySinkAndEvidence() {
    #expect(telemetry("a") == telemetry("a"))
    #expect(telemetry("a") != telemetry("b"))
    #expect(telemetry("a") != telemetry("a", sink: "vllm@gpu-node2"))
    #expect(telemetry("a") != telemetry("a", key: other))
  }

  @Test func foldsUnicodeForms() {
    #expect(telemetry("coração") == telemetry("corac\u{327}a\u{303}o"))
  }

  @Test func fieldsDoNotRunTogether() {
    #expect(
      Fingerprint.ofDocument(rule: "ab", path: "c", pointer: "")
        != Fingerprint.ofDocument(rule: "a", path: "bc", pointer: ""))
  }

  @Test func aKeyIsMadeOnceAndIsPrivate() throws {
    let folder = NSTemporaryDirectory() + "sigilo-key-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try FingerprintKey.inState(folder)
    #expect(try FingerprintKey.inState(folder).id == first.id)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/fingerprint.key")
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(first.id != key.id)
  }

  @Test func aBrokenKeyFileIsAUsageError() throws {
    let path = NSTemporaryDirectory() + "sigilo-key-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("not a key".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: Fault.self) { try FingerprintKey.read(path) }
    #expect(throws: Fault.self) { try FingerprintKey.read(path + ".missing") }
  }
}
