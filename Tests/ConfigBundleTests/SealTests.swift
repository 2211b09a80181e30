import Fleet
import Flow
import Foundation
import Testing
import Vocabulary

@testable import ConfigBundle

@Suite struct SealTests {
  let folder: TestFolder
  let bundle: String
  let key: SigningKey
  let manifest: Manifest

  init() throws {
    folder = try TestFolder()
    bundle = "\(folder.path)/bundle"
    key = try SigningKey.loadOrCreate(inState: "\(folder.path)/state")
    manifest = try Seal.write(GeneratorTests.bundle, of: Self.run, to: bundle, key: key)
  }

  static let run = SealedRun(
    state: .vetted, run: "r1", policy: "p1", engines: ["promtool 2.42.0", "amtool 0.25.0"],
    evidence: [Manifest.Evidence(name: "findings.json", bytes: [1, 2, 3])], created: 1_700_000_000)

  func verify(allowDraft: Bool = false, trust: [PublicKey]? = nil) throws -> Verification {
    try Verifier.verify(bundle, trust: trust ?? [key.publicKey], allowDraft: allowDraft)
  }

  @Test func sealedIsAccepted() throws {
    let result = try verify()
    #expect(result.isAccepted && result.manifest == manifest && result.signer == key.publicKey)
    #expect(manifest.files.count == GeneratorTests.bundle.files.count && manifest.created == "2023-11-14T22:13:20Z")
    for file in GeneratorTests.bundle.files {
      #expect(FileManager.default.contents(atPath: "\(bundle)/\(file.path)").map(Array.init) == file.bytes)
    }
  }

  @Test func equalRunsSealEqualBytes() throws {
    let other = "\(folder.path)/other"
    try Seal.write(GeneratorTests.bundle, of: Self.run, to: other, key: key)
    #expect(FileManager.default.contentsEqual(atPath: bundle, andPath: other))
  }

  @Test func nobodyIsTrustedUnasked() throws {
    #expect(try verify(trust: []).problems == [.untrusted])
    let stranger = try SigningKey.loadOrCreate(inState: "\(folder.path)/stranger")
    #expect(try verify(trust: [stranger.publicKey]).problems == [.untrusted])
    #expect(try verify(trust: [stranger.publicKey, key.publicKey]).isAccepted)
    // Edited and signed again: whole in itself, and still not ours.
    try Seal.write(GeneratorTests.bundle, of: Self.run, to: bundle, key: stranger)
    #expect(try verify().problems == [.untrusted])
  }

  @Test func draftsNeedLeave() throws {
    try Seal.write(GeneratorTests.bundle, of: SealedRun(state: .draft), to: bundle, key: key)
    #expect(try verify().problems == [.draft])
    #expect(try verify(allowDraft: true).isAccepted)
  }

  /// Every file, at its first, middle and last byte.
  @Test func anyFlippedByteIsRefused() throws {
    let paths = try FolderWalk.entries(below: bundle).filter { $0.kind == .file }.map(\.path)
    #expect(paths.count == GeneratorTests.bundle.files.count + 2)
    for path in paths {
      let url = URL(fileURLWithPath: "\(bundle)/\(path)")
      let bytes = try Data(contentsOf: url)
      for index in Set([0, bytes.count / 3, bytes.count / 2, bytes.count - 1]) {
        var changed = bytes
        changed[index] ^= 1
        try changed.write(to: url)
        let isSeal = path == SealedPath.manifest || path == SealedPath.signature
        #expect(try verify().problems == [isSeal ? .untrusted : .changed(path)], "\(path) at \(index)")
      }
      for changed in [bytes + [0x20], bytes.dropLast()] {
        try changed.write(to: url)
        #expect(try !verify().isAccepted, "\(path) with \(changed.count) bytes")
      }
      try bytes.write(to: url)
    }
    #expect(try verify().isAccepted)
  }

  @Test func anyRemovedOrRenamedFileIsRefused() throws {
    for path in GeneratorTests.bundle.files.map(\.path) {
      let file = "\(bundle)/\(path)"
      try FileManager.default.moveItem(atPath: file, toPath: "\(file)x")
      #expect(try Set(verify().problems) == [.missing(path), .extra("\(path)x")])
      try FileManager.default.moveItem(atPath: "\(file)x", toPath: file)
    }
    for name in [SealedPath.manifest, SealedPath.signature] {
      try FileManager.default.moveItem(atPath: "\(bundle)/\(name)", toPath: "\(folder.path)/away")
      #expect(try verify().problems == [.unsealed])
      try FileManager.default.moveItem(atPath: "\(folder.path)/away", toPath: "\(bundle)/\(name)")
    }
  }

  @Test func whateverElseIsInTheFolderIsRefused() throws {
    let manager = FileManager.default
    let path = "configs/base/prometheus.yaml"
    for name in ["new", ".hidden", "configs/base/rules/.x.yaml"] {
      try folder.write("bundle/\(name)", "")
      #expect(try verify().problems == [.extra(name)])
      try manager.removeItem(atPath: "\(bundle)/\(name)")
    }
    try manager.createDirectory(atPath: "\(bundle)/empty", withIntermediateDirectories: false)
    #expect(try verify().problems == [.extra("empty")])
    try manager.removeItem(atPath: "\(bundle)/empty")
    try manager.createSymbolicLink(atPath: "\(bundle)/link", withDestinationPath: path)
    #expect(try verify().problems == [.extra("link")])
    try manager.removeItem(atPath: "\(bundle)/link")
    // The same bytes, but reached through a link or a pipe.
    try manager.moveItem(atPath: "\(bundle)/\(path)", toPath: "\(folder.path)/same")
    try manager.createSymbolicLink(atPath: "\(bundle)/\(path)", withDestinationPath: "\(folder.path)/same")
    #expect(try verify().problems == [.changed(path)])
    try manager.removeItem(atPath: "\(bundle)/\(path)")
    #expect(mkfifo("\(bundle)/\(path)", 0o600) == 0)
    #expect(try verify().problems == [.changed(path)])
  }

  @Test func namesOfStrangersArePrintedSafely() throws {
    try folder.write("bundle/a\u{1B}[2Jb", "")
    #expect(try verify().problems == [.extra("a?[2Jb")])
  }

  /// A trusted key may sign a manifest that leads elsewhere; such a manifest is refused before a file is opened.
  @Test(arguments: ["../x", "/etc/passwd", "a//b", "a/./b", "", "manifest.json", "a\\b"])
  func pathsThatLeadElsewhereAreRefused(path: String) throws {
    try sign { $0.files[0].path = path }
    #expect(try verify().problems == [.unsafePath(path)])
    #expect {
      try Seal.write(
        ConfigFiles([ConfigFile(path: path, role: .other, bytes: [])]), of: Self.run, to: bundle, key: key)
    } throws: { ($0 as? Fault)?.status == .usage }
  }

  @Test func formsThatAreNotOursAreRefused() throws {
    try sign { $0.files.append($0.files[0]) }
    #expect(try verify().problems == [.repeatedPath(manifest.files[0].path)])
    try sign { $0.version = 2 }
    #expect(try verify().problems == [.malformed])
    for (old, new) in [
      ("\"version\"", "\"extra\" : 1, \"version\""), ("\"state\"", "\"state\" : \"draft\", \"state\""),
      ("\"vetted\"", "\"approved\""),
    ] {
      try sign(text: String(decoding: manifest.encoded(), as: UTF8.self).replacingOccurrences(of: old, with: new))
      #expect(try verify().problems == [.malformed])
    }
  }

  @Test func whatIsNoBundleIsNotReplaced() throws {
    try folder.write("mine/notes.txt", "keep")
    #expect {
      try Seal.write(GeneratorTests.bundle, of: Self.run, to: "\(folder.path)/mine", key: key)
    } throws: { ($0 as? Fault)?.place?.path == "\(folder.path)/mine" }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["bundle", "mine", "state"])
    #expect { try verify(in: "\(folder.path)/nothing") } throws: { ($0 as? Fault)?.status == .usage }
  }

  private func verify(in path: String) throws -> Verification { try Verifier.verify(path, trust: [key.publicKey]) }

  private func sign(_ change: (inout Manifest) -> Void) throws {
    var changed = manifest
    change(&changed)
    try sign(text: String(decoding: changed.encoded(), as: UTF8.self))
  }

  private func sign(text: String) throws {
    let signature = try Data(key.signature(of: Array(text.utf8))).base64EncodedString()
    try folder.write("bundle/manifest.json", text)
    try folder.write("bundle/manifest.json.sig", signature + "\n")
  }
}
