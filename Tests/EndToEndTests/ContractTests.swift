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
}
