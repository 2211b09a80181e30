import Foundation
import Testing
import Vocabulary

@testable import Fleet

@Suite struct FleetEditingTests {
  @Test func addsAGPUNodeAndLeavesTheRestAsItWas() throws {
    let edit = try Fleet.adding(node: "gpu-node3", to: Fleet.defaultText)
    let before = String(decoding: Fleet.defaultText, as: UTF8.self).components(separatedBy: "\n")
    let after = String(decoding: edit.text, as: UTF8.self).components(separatedBy: "\n")
    let added = after.difference(from: before)
    #expect(edit.isChanged && added.removals.isEmpty && added.insertions.count == 8)
    for job in [ScrapeJob.vllm, .nodeExporter, .dcgmExporter] {
      #expect(edit.fleet.targets(of: job).contains { $0.instance == "gpu-node3:\(job.port)" })
    }
    #expect(try Fleet.parse(edit.text) == edit.fleet)
  }

  @Test func addingTwiceChangesNothing() throws {
    let once = try Fleet.adding(node: "gpu-node3", to: Fleet.defaultText)
    let twice = try Fleet.adding(node: "gpu-node3", to: once.text)
    #expect(!twice.isChanged && twice.text == once.text)
  }

  /// Layouts in which the list of nodes may stand.
  enum Layout: CaseIterable {
    case asIs, noLastLineFeed, carriageReturns, atTheKeysColumn, commentAfter, endOfDocument

    func applied(to text: String) -> String {
      switch self {
      case .asIs: return text
      case .noLastLineFeed: return String(text.dropLast())
      case .carriageReturns: return text.replacingOccurrences(of: "\n", with: "\r\n")
      case .atTheKeysColumn:
        let parts = text.components(separatedBy: "nodes:\n")
        let lines = parts[1].components(separatedBy: "\n").map { $0.dropFirst(2) }
        return parts[0] + "nodes:\n" + lines.joined(separator: "\n")
      case .commentAfter: return text + "# the end\n"
      case .endOfDocument: return text + "...\n"
      }
    }
  }

  @Test(arguments: Layout.allCases) func layoutsAreKept(layout: Layout) throws {
    let text = """
      version: 1
      site: here
      models: [{name: chat, weights: w, max-model-len: 1, max-num-seqs: 1, gpu-memory-utilization: 0.9}]
      receivers: [{name: hook, webhook: "http://hook"}]
      nodes:
        - {name: control, roles: [management, gateway]}
        - name: gpu1
          roles: [gpu]
          # its GPU
          gpus: {count: 1, name: L40S, memory-mib: 1, serves: chat}

      """
    let edit = try Fleet.adding(node: "gpu2", to: Array(layout.applied(to: text).utf8))
    #expect(edit.fleet.nodes.map(\.name) == ["control", "gpu1", "gpu2"])
    #expect(try Fleet.parse(edit.text) == edit.fleet)
    let lines = String(decoding: edit.text, as: UTF8.self).components(separatedBy: "\n")
    #expect(lines.filter { $0.hasSuffix("\r") }.count == (layout == .carriageReturns ? lines.count - 1 : 0))
  }

  @Test(arguments: ["GPU", "a b", "", "gpu-", "../x", "litellm", "x\n  - name: y"])
  func wrongNamesAreRefused(name: String) {
    #expect { try Fleet.adding(node: name, to: Fleet.defaultText) } throws: { ($0 as? Fault)?.status == .usage }
  }

  @Test func aListThatCannotTakeLinesIsLeftAlone() {
    let text = FleetReaderTests.minimal.replacingOccurrences(
      of: "nodes:\n  - {name: control, roles: [management, gateway]}\n  - ",
      with: "nodes: [{name: control, roles: [management, gateway]}, "
    ).replacingOccurrences(of: "serves: chat}}", with: "serves: chat}}]")
    #expect { try Fleet.adding(node: "gpu2", to: Array(text.utf8), path: "f") } throws: { error in
      (error as? Fault)?.place?.line == 5
    }
  }

  @Test func filesAreCreatedOnceAndEditedThroughLinks() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("fleet.yaml").path
    let link = folder.appendingPathComponent("link.yaml").path
    try FleetFile.create(at: file)
    #expect { try FleetFile.create(at: file) } throws: { ($0 as? Fault)?.status == .usage }
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    #expect(try FleetFile.addNode("gpu-node9", at: link).isChanged)
    #expect(try Fleet.load(file).nodes.last?.name == "gpu-node9")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
    #expect(try !FleetFile.addNode("gpu-node9", at: link).isChanged)
  }

  @Test func embeddedFilesAreThoseOfTheRepository() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent("Corpora/fleets").path)
    #expect(Set(files) == Set(FleetFiles.files.keys))
    for file in files {
      let text = try String(contentsOf: root.appendingPathComponent("Corpora/fleets/\(file)"), encoding: .utf8)
      #expect(FleetFiles.files[file] == text, "run tools/embed: \(file)")
    }
  }
}
