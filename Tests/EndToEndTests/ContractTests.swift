import FlyingFox
import Foundation
import Testing

@Suite("sigilo contract")
struct ContractCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private static let claimed = """
    INFO:     10.0.0.7:59898 - "POST /v1/chat/completions HTTP/1.1" 200 OK
    (APIServer pid=1) INFO 11-22 10:11:51 [model.py:2170] Using max model len 512

    """

  @Test func aClaimedLogIsCleanAndAnyOtherLineAFinding() async throws {
    try place.folder.write(Self.claimed, to: "work/vllm.log")
    let clean = try await place.sigilo(["contract", "check", "vllm", "vllm.log"])
    #expect(clean.status == 0 && clean.output.contains("vllm: 2 of 2 lines"))
    try place.folder.write(Self.claimed + "um cobertor\n", to: "work/vllm.log")
    let found = try await place.sigilo(["contract", "check", "vllm", "vllm.log", "--format", "json"])
    #expect(found.status == 1 && found.output.contains("contract-line") && !found.output.contains("cobertor"))
    #expect(try await place.sigilo(["scan", "vllm.log"]).status == 0)
    #expect(try await place.sigilo(["scan", "vllm.log", "--source", "vllm"]).status == 1)
  }

  private static let fleet = """
    version: 1
    site: s
    nodes:
      - {name: gpu1, roles: [gpu], gpus: {count: 1, name: NVIDIA H100 80GB HBM3, memory-mib: 81559, serves: chat}}
      - {name: admin, roles: [management, gateway]}
    models:
      - {name: chat, weights: /models/chat, max-model-len: 4096, max-num-seqs: 64, gpu-memory-utilization: 0.9}
    receivers: [{name: r, webhook: 'http://127.0.0.1:9/'}]

    """

  @Test func anInventoryAndAPolicyBindWhatTheyKnow() async throws {
    try place.folder.write(Self.fleet, to: "work/fleet.yaml")
    try place.folder.write("um cobertor\n", to: "work/vllm@gpu1.log")
    try place.folder.write(
      #"{"streams": [{"stream": {"app": "a"}, "values": [["1", "um cobertor"]]}]}"#, to: "work/push.json")
    let names = ["vllm@gpu1.log", "push.json", "--format", "json"]
    func rules(_ options: [String]) async throws -> [String: Int] {
      let outcome = try await place.sigilo(["scan"] + names + options)
      #expect(!outcome.output.contains("cobertor"))
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      return Dictionary(report.findings.map { ($0.rule, 1) }, uniquingKeysWith: +)
    }
    #expect(try await rules([]) == [:])
    #expect(try await rules(["--closed"]) == ["no-contract": 2])
    #expect(try await rules(["--closed", "--without", "contract"]) == [:])
    #expect(try await rules(["--fleet", "fleet.yaml"]) == ["contract-line": 1])
    #expect(try await rules(["--fleet", "fleet.yaml", "--closed"]) == ["contract-line": 1, "no-contract": 1])
    #expect(try await place.sigilo(["policy", "export", "bound"]).status == 0)
    let sources = "sources: [{stream: '{app=\"a\"}', contract: litellm}]\n"
    try place.folder.write(try place.folder.read("work/bound/policy.yaml") + sources, to: "work/bound/policy.yaml")
    #expect(
      try await rules(["--policy", "bound", "--closed"]) == ["contract-line": 1, "contract-label": 1, "no-contract": 1])
  }

  private struct Report: Decodable {
    struct Finding: Decodable { var rule: String }
    var findings: [Finding]
  }

  @Test func systemsAreHeldByTheirJobsAndInstances() async throws {
    try place.folder.write(Self.fleet, to: "work/fleet.yaml")
    let text =
      #"{"__name__":"up","job":"vllm","instance":"gpu1:8000"},"#
      + #"{"__name__":"vllm:num_requests_running","job":"vllm","instance":"gpu1:8000","model_name":"um cobertor"}"#
    let outcome = try await FakeSystem.serve(
      { request in
        guard request.path == "/api/v1/series" else { return HTTPResponse(statusCode: .notFound) }
        return HTTPResponse(statusCode: .ok, body: Data("{\"status\":\"success\",\"data\":[\(text)]}".utf8))
      },
      { url in
        try await place.sigilo(["scan", "--prometheus", url.absoluteString, "--fleet", "fleet.yaml"])
      })
    #expect(outcome.output.contains("contract-value"))
    #expect(outcome.output.contains("vllm: 1 of 1 families and 0 of 1 label"))
  }

  @Test(.enabled(if: Engines.present, Engines.reason))
  func prometheusTakesWhatEnforcesAContract() async throws {
    for source in ["vllm", "litellm", "dcgm-exporter", "node-exporter"] {
      let rules = try await place.sigilo(["contract", "compile", source, "--for", "prometheus", "--label", "site"])
      #expect(rules.status == 0)
      let job = "scrape_configs:\n  - job_name: a\n    static_configs: [{targets: ['a:1'], labels: {site: s}}]\n"
      let nested = rules.output.split(separator: "\n").map { "    \($0)\n" }.joined()
      try place.folder.write(job + nested, to: "work/prometheus.yaml")
      var promtool = place.command(["check", "config", "prometheus.yaml"])
      promtool.program = "/usr/bin/promtool"
      #expect(try await promtool.run().status == 0, "\(source)")
    }
    #expect(try await place.sigilo(["contract", "compile", "vllm", "--for", "nobody"]).status == 2)
  }

  @Test func aContractThatIsNotThereIsAUsageError() async throws {
    try place.folder.write(Self.claimed, to: "work/vllm.log")
    let outcome = try await place.sigilo(["contract", "check", "nobody", "vllm.log"])
    #expect(outcome.status == 2 && outcome.errors.contains("vllm"))
  }

  @Test func oneClauseChangesThePageAndTheVerdict() async throws {
    #expect(try await place.sigilo(["policy", "export", "mine"]).status == 0)
    let file = "work/mine/contracts/vllm.yaml"
    let text = try place.folder.read(file)
    let line = "'{head}Using max model len {int}'"
    #expect(text.contains(line))
    try place.folder.write(
      text.replacing(line, with: "'{head}Using max length {int}'").replacing(
        "] Using max model len", with: "] Using max length"),
      to: file)
    try place.folder.write(Self.claimed, to: "work/vllm.log")
    #expect(try await place.sigilo(["contract", "check", "vllm", "vllm.log", "--policy", "mine"]).status == 1)
    for (language, word) in [("en", "whole number"), ("pt-BR", "número inteiro")] {
      let page = try await place.sigilo(["contract", "explain", "vllm", "--lang", language, "--policy", "mine"])
      #expect(page.status == 0 && page.output.contains("Using max length {int}") && page.output.contains(word))
    }
    #expect(try await place.sigilo(["contract", "list", "--policy", "mine"]).output.contains("vllm "))
  }

  @Test func whatIsLearnedIsAContractOfAPolicy() async throws {
    let lines = (1...9).map { "INFO 12:00:0\($0) worker \($0) ready\n" }.joined()
    try place.folder.write(lines, to: "work/gate.log")
    #expect(try await place.sigilo(["policy", "export", "mine"]).status == 0)
    let file = "mine/contracts/gate.yaml"
    let first = try await place.sigilo(["contract", "learn", "gate", "gate.log", "--output", file])
    #expect(first.status == 0 && first.output.contains("9 are claimed now"))
    #expect(try await place.sigilo(["policy", "test", "--policy", "mine"]).status == 0)
    #expect(try await place.sigilo(["contract", "check", "gate", "gate.log", "--policy", "mine"]).status == 0)
    let again = try await place.sigilo(["contract", "learn", "gate", "gate.log", "--policy", "mine"])
    #expect(try again.status == 0 && again.output == place.folder.read("work/" + file))
    #expect(again.errors.contains("9 were claimed before"))
    #expect(try await place.sigilo(["contract", "learn", "gate", "none.log"]).status == 2)
  }

  /// What is judged, what is enforced and what a reviewer reads are one file.
  @Test(.enabled(if: Engines.present, Engines.reason))
  func oneClauseChangesVerdictEnforcementBundleAndPage() async throws {
    #expect(try await place.sigilo(["policy", "export", "mine"]).status == 0)
    let file = "work/mine/contracts/vllm.yaml"
    let text = try place.folder.read(file)
    let (before, after) = (
      "engine: {engine: {values: '{int}', distinct: 256}", "engine: {engine: {values: ['0', '7'], distinct: 2}"
    )
    #expect(text.contains(before))
    try place.folder.write(text.replacing(before, with: after), to: file)
    let sample = #"vllm:num_requests_running{engine="5",model_name="carcara-chat"} 1.0"#
    try place.folder.write("# TYPE vllm:num_requests_running gauge\n\(sample)\n", to: "work/vllm.prom")
    for (policy, status, claimed) in [([], 0, "-?[0-9]{1,20}"), (["--policy", "mine"], 1, "(?:0|7)")]
      as [([String], Int, String)]
    {
      let scan = try await place.sigilo(["scan", "vllm.prom", "--source", "vllm"] + policy)
      #expect(scan.status == status)
      let rules = try await place.sigilo(["contract", "compile", "vllm", "--for", "prometheus"] + policy)
      let output = "made\(status)"
      #expect(try await place.sigilo(["bundle", "build", "--output", output] + policy).status == 0)
      let bundle = try place.folder.read("work/\(output)/configs/base/prometheus.yaml")
      for text in [rules.output, bundle] {
        let line = text.split(separator: "\n").first { $0.contains("vllm:num_requests_running") && $0.contains(");") }
        #expect(line?.contains(claimed) == true)
      }
      let page = try await place.sigilo(["contract", "explain", "vllm"] + policy)
      #expect(page.output.contains("- `engine`: `0` or `7` (at most 2 values)") == (status == 1))
    }
  }
}
