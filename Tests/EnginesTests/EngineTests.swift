import Foundation
import Testing
import Vocabulary

@testable import Engines

@Suite struct EngineTests {
  @Test func missingProgramsNameTheirPackage() {
    #expect {
      try Engine.find(.promtool, environment: ["PATH": "/nonexistent"])
    } throws: { error in
      let fault = error as? Fault
      return fault?.status == .incomplete && fault?.problem == "promtool is not installed"
        && fault?.remedy == "apt-get install prometheus"
    }
  }

  @Test func variableWinsOverPath() throws {
    let environment = ["PATH": "/usr/bin:/bin", "SIGILO_PROMTOOL": "/bin/true"]
    #expect(try Engine.find(.promtool, environment: environment).path == "/bin/true")
  }

  @Test(arguments: ["promtool", "/", "/nonexistent/promtool"])
  func variableMustNameAnExecutableFile(path: String) {
    #expect { try Engine.find(.promtool, environment: ["SIGILO_PROMTOOL": path]) } throws: {
      ($0 as? Fault)?.status == .usage
    }
  }

  @Test func alertmanagerIsFoundUnderBothNames() throws {
    let folder = try WorkFolder.create()
    defer { folder.remove() }
    func install(_ name: String) throws {
      let file = try folder.write(Array("#!/bin/sh\n".utf8), to: name)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
    try install("alertmanager")
    #expect(try Engine.find(.alertmanager, environment: ["PATH": folder.path]).path.hasSuffix("/alertmanager"))
    try install("prometheus-alertmanager")
    #expect(
      try Engine.find(.alertmanager, environment: ["PATH": folder.path]).path.hasSuffix("/prometheus-alertmanager"))
  }

  @Test func relativePathFoldersAreNotSearched() {
    #expect(throws: Fault.self) { try Engine.find(.promtool, environment: ["PATH": "bin:."]) }
  }

  @Test func versionHasNoBuildMetadata() {
    #expect(Engine.version(in: "promtool, version 2.42.0+ds (branch: debian/sid)") == "2.42.0")
    #expect(Engine.version(in: "no such word") == nil)
  }
}
