import Foundation
import Testing
import Vocabulary

@testable import Fleet

@Suite struct FleetReaderTests {
  static let minimal = """
    version: 1
    site: here
    models:
      - {name: chat, weights: /models/chat, max-model-len: 4096, max-num-seqs: 8, gpu-memory-utilization: 0.9}
    nodes:
      - {name: control, roles: [management, gateway]}
      - {name: gpu1, roles: [gpu], gpus: {count: 1, name: NVIDIA L40S, memory-mib: 46068, serves: chat}}
    receivers:
      - {name: hook, webhook: "https://alerts.example/in?x=1"}
    """

  @Test func readsEveryField() throws {
    let fleet = try Fleet.parse(Array(Self.minimal.utf8))
    #expect(
      fleet
        == Fleet(
          site: "here",
          nodes: [
            Node(name: "control", roles: [.management, .gateway]),
            Node(
              name: "gpu1", roles: [.gpu],
              gpus: GPUs(count: 1, name: "NVIDIA L40S", memoryMiB: 46068, serves: "chat")),
          ],
          models: [
            Model(
              name: "chat", weights: "/models/chat", maxModelLength: 4096, maxSequences: 8, memoryUtilization: 0.9)
          ], receivers: [Receiver(name: "hook", kind: .webhook, target: "https://alerts.example/in?x=1")]))
  }

  /// A set's order differs from process to process; what names a run must not.
  @Test func theCanonicalTextListsRolesInOneOrder() throws {
    let fleet = try Fleet.parse(Array(Self.minimal.utf8))
    #expect(fleet.canonicalText.contains("control [gateway management] nil\n"))
    var other = fleet
    other.models[0].maxSequences += 1
    #expect(other.canonicalText != fleet.canonicalText)
  }

  @Test func defaultFleetIsThePlatformAsDescribed() {
    let fleet = Fleet.default
    #expect(fleet.site == "carcara")
    #expect(fleet.nodes.map(\.name) == ["management-node", "gpu-node1", "gpu-node2", "litellm"])
    #expect(fleet.nodes(with: .gpu).compactMap(\.gpus?.count) == [4, 4])
    #expect(fleet.targets(of: .vllm).map(\.instance) == ["gpu-node1:8000", "gpu-node2:8000"])
    #expect(fleet.targets(of: .litellm).map(\.instance) == ["litellm:4000"])
    #expect(fleet.targets(of: .nodeExporter).count == 4)
    #expect(fleet.receivers.map(\.kind) == [.webhook, .email])
  }

  /// Each row replaces a piece of the minimal inventory and says where the error must stand.
  @Test(arguments: [
    ("version: 1", "version: 2", "1:10"),
    ("version: 1", "version: '1'", "1:10"),
    ("site: here", "site: Here", "2:7"),
    ("site: here", "site: here\nsize: 3", "3:1"),
    ("site: here\n", "", "1:1"),
    ("weights: /models/chat", "weights: --help", "4:27"),
    ("max-num-seqs: 8", "max-num-seqs: 0", "4:76"),
    ("utilization: 0.9", "utilization: 1.5", "4:103"),
    ("roles: [management, gateway]", "roles: [management, gateway, boss]", "6:50"),
    ("roles: [management, gateway]", "roles: [management]", "6:3"),
    ("name: control", "name: -control", "6:12"),
    ("name: control", "name: con_trol", "6:12"),
    ("name: control", "name: gpu1", "7:12"),
    ("gpus: {count: 1", "gpu: {count: 1", "7:32"),
    (", gpus: {count: 1, name: NVIDIA L40S, memory-mib: 46068, serves: chat}", "", "7:5"),
    ("roles: [management, gateway]", "roles: [gateway, gpu]", "6:5"),
    ("serves: chat", "serves: other", "7:95"),
    ("memory-mib: 46068", "memory-mib: lots", "7:80"),
    ("webhook: \"https://alerts.example/in?x=1\"", "webhook: \"javascript:x\"", "9:27"),
    ("webhook: \"https://alerts.example/in?x=1\"", "pager: 1", "9:5"),
    ("  - {name: hook", "  - {name: hook, webhook: http://a}\n  - {name: hook", "10:12"),
    ("nodes:", "nodes: [", "6:3"),
  ])
  func wrongInventoriesAreRefusedWithTheirPlace(old: String, new: String, place: String) throws {
    let range = try #require(Self.minimal.firstRange(of: old))
    let text = Self.minimal.replacingCharacters(in: range, with: new)
    #expect {
      try Fleet.parse(Array(text.utf8), path: "fleet.yaml")
    } throws: { error in
      let fault = error as? Fault
      return fault?.status == .usage && fault?.place?.description == "fleet.yaml:\(place)"
    }
  }

  @Test func missingFileIsAUsageError() {
    #expect { try Fleet.load("/nonexistent/fleet.yaml") } throws: { ($0 as? Fault)?.status == .usage }
    #expect { try Fleet.load("/") } throws: { ($0 as? Fault)?.status == .usage }
  }
}
