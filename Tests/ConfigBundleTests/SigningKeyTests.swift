import Foundation
import Testing
import Vocabulary

@testable import ConfigBundle

@Suite struct SigningKeyTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test func keyIsMadeOnceForItsOwnerOnly() throws {
    let state = "\(folder.path)/a/state"
    let key = try SigningKey.loadOrCreate(inState: state)
    #expect(try SigningKey.loadOrCreate(inState: state).publicKey == key.publicKey)
    #expect(try PublicKey.load("\(state)/signing.pub") == key.publicKey)
    let mode = try FileManager.default.attributesOfItem(atPath: "\(state)/signing.key")[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: state).sorted() == ["signing.key", "signing.pub"])
    try folder.write("a/state/signing.pub", "stale")
    _ = try SigningKey.loadOrCreate(inState: state)
    #expect(try PublicKey.load("\(state)/signing.pub") == key.publicKey)
  }

  @Test func runsThatStartAtOnceAgree() async throws {
    let state = folder.path
    let keys = try await withThrowingTaskGroup(of: PublicKey.self) { group in
      for _ in 0..<8 { group.addTask { try SigningKey.loadOrCreate(inState: state).publicKey } }
      return try await group.reduce(into: Set<PublicKey>()) { $0.insert($1) }
    }
    #expect(keys.count == 1)
  }

  /// Test vector 1 of RFC 8032, 7.1, as base64 and as `openssl pkey` writes it.
  @Test func readsBase64AndPEM() throws {
    let secret = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="
    let publicKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    let pem = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"
    try folder.write("raw", secret + "\n")
    try folder.write("pem", "-----BEGIN PRIVATE KEY-----\n\(pem)\n-----END PRIVATE KEY-----\n")
    try folder.write("pub", publicKey)
    for name in ["raw", "pem"] {
      chmod("\(folder.path)/\(name)", 0o600)
      #expect(try SigningKey.load("\(folder.path)/\(name)").publicKey == PublicKey.load("\(folder.path)/pub"))
    }
    let key = try PublicKey.load("\(folder.path)/pub")
    try folder.write("pub.pem", key.pem)
    #expect(try PublicKey.load("\(folder.path)/pub.pem") == key)
  }

  @Test(arguments: ["", "AAAA", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "not a key"])
  func wrongKeysAreUsageErrors(text: String) throws {
    try folder.write("key", text)
    chmod("\(folder.path)/key", 0o600)
    #expect { try SigningKey.load("\(folder.path)/key") } throws: { ($0 as? Fault)?.status == .usage }
    #expect { try PublicKey.load("\(folder.path)/key") } throws: { ($0 as? Fault)?.status == .usage }
    #expect { try PublicKey.load("\(folder.path)/none") } throws: { ($0 as? Fault)?.status == .usage }
  }

  @Test func keysThatOthersCanReadAreRefused() throws {
    _ = try SigningKey.loadOrCreate(inState: folder.path)
    chmod("\(folder.path)/signing.key", 0o640)
    #expect { try SigningKey.load("\(folder.path)/signing.key") } throws: { ($0 as? Fault)?.remedy == "chmod 600 it" }
  }
}
