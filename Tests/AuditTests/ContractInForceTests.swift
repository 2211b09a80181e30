import Contracts
import Detection
import Foundation
import Policy
import Sinks
import Testing
import Vocabulary

@testable import Audit

@Suite struct ContractInForceTests {
  private let policy: PolicySet

  init() throws { policy = try PolicySet.embedded() }

  private static let access = #"INFO:     10.0.0.7:59898 - "POST /v1/chat/completions HTTP/1.1" 200 OK"#
  private static let query = #"INFO:     10.0.0.7:59898 - "POST /v1/chat/completions?q=cobertor HTTP/1.1" 200 OK"#

  /// What a file yields under a contract, with the coverage that its auditor states.
  private func read(
    _ text: String, as name: String, under source: String, without: Set<Proof> = []
  ) throws -> (findings: [Finding], coverage: Coverage) {
    let key = FingerprintKey(bytes: Array(repeating: 9, count: 32))
    let contract = try #require(policy.contracts[source])
    let auditor = Auditor(
      detectors: try Detectors(policy.detection), settings: policy.detection,
      contracts: ContractsInForce(everywhere: try CompiledContract(contract, names: contract.exampleNames)),
      canaries: nil, without: without,
      rules: RuleBook(policy), names: NameGuard(known: policy.knownNames, key: key), key: key)
    let coverage = try FileSink.read(Array(text.utf8), path: name, surface: .log, into: auditor)
    return (auditor.table.sorted, auditor.corrected(coverage))
  }

  @Test func whatNoClauseClaimsIsAFindingWithoutItsText() throws {
    let read = try read("\(Self.access)\n\(Self.query)\n\(Self.access)\n", as: "vllm.log", under: "vllm")
    let finding = try #require(read.findings.first)
    #expect(read.findings.count == 1 && finding.rule == "contract-line" && finding.severity == .exposure)
    #expect(finding.locations.map(\.line) == [2] && finding.message.contains("vllm-access"))
    #expect(!String(decoding: try JSONEncoder().encode(read.findings), as: UTF8.self).contains("cobertor"))
    #expect(read.coverage.contract == "vllm" && read.coverage.claims?["vllm"]?.lines.claimed == 2)
    #expect(read.coverage.claims?["vllm"]?.lines.all == 3)
  }

  @Test func labelsAndFamiliesAreHeldToTheirClauses() throws {
    let text = """
      # TYPE vllm:num_requests_running gauge
      vllm:num_requests_running{engine="0",model_name="carcara-chat"} 1.0
      vllm:num_requests_running{engine="0",model_name="um cobertor"} 1.0
      vllm:num_requests_running{engine="0",client="um cobertor"} 1.0
      # TYPE cobertor gauge
      cobertor{engine="0"} 1.0

      """
    let read = try read(text, as: "vllm.prom", under: "vllm", without: [.detection])
    #expect(read.findings.map(\.rule).sorted() == ["contract-family", "contract-label", "contract-value"])
    #expect(!String(decoding: try JSONEncoder().encode(read.findings), as: UTF8.self).contains("cobertor"))
    let claims = try #require(read.coverage.claims?["vllm"])
    #expect(claims.families.claimed == 1 && claims.families.all == 2)
    #expect(claims.values.claimed == 4 && claims.values.all == 7)
  }

  @Test func detectionJudgesWhatIsClaimedToo() throws {
    let line = "(APIServer pid=1) INFO 11-22 10:11:51 [model.py:744] Resolved architecture: "
    let card = "A111.444.777-35"
    let read = try read("\(line)\(card)\n", as: "vllm.log", under: "vllm")
    #expect(read.coverage.claims?["vllm"]?.lines.claimed == 1)
    #expect(read.findings.map(\.severity) == [.content])
  }

  @Test(arguments: [
    ("log:logs/vllm.log", "log:*vllm*", true), ("log:logs/vllm.log", "log:logs/vllm.log", true),
    ("log:logs/vllm.log", "log:vllm*", false), ("log:a", "*", true), ("log:aab", "*ab", true),
    ("log:ab", "*abc", false),
    ("exporter:gpu-node1", "exporter:gpu-*", true), ("exporter:gpu-node1", "log:gpu-*", false), ("log:", "log:*", true),
  ])
  func sinksAreBoundByPatterns(_ sink: String, _ pattern: String, _ isBound: Bool) {
    #expect(ContractsInForce.obeys(Array(sink.utf8)[...], Array(pattern.utf8)[...]) == isBound)
  }

  @Test func aPolicyBindsEachSinkToItsContract() throws {
    var policy = policy
    policy.sources = [
      SourceBinding(sink: "log:gateway*", contract: "litellm"), SourceBinding(sink: "log:vllm*", contract: "vllm"),
    ]
    let key = FingerprintKey(bytes: Array(repeating: 9, count: 32))
    let auditor = Auditor(
      detectors: try Detectors(policy.detection), settings: policy.detection,
      contracts: ContractsInForce(policy, fleet: nil), canaries: nil, rules: RuleBook(policy),
      names: NameGuard(known: policy.knownNames, key: key), key: key)
    var held: [String] = []
    for name in ["gateway.log", "vllm.log", "other.log", "vllm.log"] {
      let text = Array("\(Self.access)\n\(Self.query)\n".utf8)
      let coverage = try FileSink.read(text, path: name, surface: .log, into: auditor)
      let stated = auditor.corrected(coverage)
      held.append("\(stated.contract) \(stated.claims?.values.first?.lines.claimed ?? -1)")
    }
    #expect(held == ["litellm 1", "vllm 1", "none -1", "vllm 2"])
    #expect(Set(auditor.table.sorted.map(\.sink.name)) == ["gateway.log", "vllm.log"])
  }

  @Test func aSwitchedOffProofHoldsNothing() throws {
    let read = try read("\(Self.query)\n", as: "vllm.log", under: "vllm", without: [.contract])
    #expect(read.findings.isEmpty && read.coverage.contract == "none" && read.coverage.claims == nil)
  }

  @Test func aRecordSurvivesTheCutsOfALargeFile() throws {
    let head = "\u{1B}[32mLiteLLM: Proxy initialized with Config, Set models:\u{1B}[0m\n"
    let model = "\u{1B}[32m    carcara-chat\u{1B}[0m\n"
    let path = NSTemporaryDirectory() + "sigilo-\(UUID().uuidString).log"
    defer { try? FileManager.default.removeItem(atPath: path) }
    // The first part begins with such lines and nothing before them; the last one ends the record.
    let text = model + head + String(repeating: model, count: 400) + "INFO:     Shutting down\n" + model
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let parts = try FileSink.parts(of: [path], cutting: 2_000)
    #expect(parts.count > 5)
    let key = FingerprintKey(bytes: Array(repeating: 9, count: 32))
    let contract = try #require(policy.contracts["litellm"])
    let compiled = try CompiledContract(contract, names: contract.exampleNames)
    let detectors = try Detectors(policy.detection)
    var lines = ClaimTally.Share()
    for part in parts {
      let auditor = Auditor(
        detectors: detectors, settings: policy.detection, contracts: ContractsInForce(everywhere: compiled),
        canaries: nil, rules: RuleBook(policy), names: NameGuard(known: policy.knownNames, key: key), key: key)
      let reading = try FileSink.read(part, as: path, surface: .log, into: auditor)
      let coverage = try #require(reading.coverage)
      lines += try #require(auditor.corrected(coverage).claims?["litellm"]).lines
    }
    #expect(lines.all == 404 && lines.claimed == 402)
  }
}
