import Fleet
import Flow
import Foundation
import Testing
import Vocabulary

@testable import ConfigBundle

@Suite struct BundleTreeTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test func aGeneratedTreeIsReadBackWithItsBytesAndRoles() throws {
    for file in GeneratorTests.bundle.files { try folder.write(file.path, String(decoding: file.bytes, as: UTF8.self)) }
    #expect(try BundleTree.read(folder.path) == GeneratorTests.bundle)
  }

  @Test func hiddenFilesCountAndGitDoesNot() throws {
    for name in ["a", ".b", ".git/config", "x/.git/config", "x/y/c"] { try folder.write(name, "1") }
    #expect(try BundleTree.read(folder.path).files.map(\.path) == [".b", "a", "x/y/c"])
  }

  @Test func linksInsideAreReadAsTheirFile() throws {
    try folder.write("real/prometheus.yaml", "scrape_configs: []\n")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/prometheus.yaml", withDestinationPath: "real/prometheus.yaml")
    let files = try BundleTree.read(folder.path)
    #expect(files["prometheus.yaml"]?.bytes == files["real/prometheus.yaml"]?.bytes)
  }

  @Test(arguments: ["/etc/hostname", "../outside", "folder", "nowhere", "loop"])
  func otherLinksAreRefused(target: String) throws {
    try folder.write("tree/folder/a", "1")
    try folder.write("outside", "1")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/tree/loop", withDestinationPath: target)
    #expect { try BundleTree.read("\(folder.path)/tree") } throws: { error in
      (error as? Fault)?.status == .usage && (error as? Fault)?.place?.path == "\(folder.path)/tree/loop"
    }
  }

  @Test func whatIsNoTreeIsRefused() throws {
    try folder.write("file", "1")
    try FileManager.default.createDirectory(atPath: "\(folder.path)/empty", withIntermediateDirectories: false)
    for path in ["nothing", "file", "empty"] {
      #expect { try BundleTree.read("\(folder.path)/\(path)") } throws: { ($0 as? Fault)?.status == .usage }
    }
    #expect(mkfifo("\(folder.path)/empty/pipe", 0o600) == 0)
    #expect { try BundleTree.read("\(folder.path)/empty") } throws: { ($0 as? Fault)?.status == .usage }
  }

  @Test func limitsAreIncompleteNotTruncated() throws {
    try folder.write("big", "")
    truncate("\(folder.path)/big", off_t(BundleTree.maximumFile + 1))
    #expect { try BundleTree.read(folder.path) } throws: { ($0 as? Fault)?.status == .incomplete }
  }
}
