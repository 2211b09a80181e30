import Foundation
import Syntax
import Testing
import Vocabulary

@testable import Contracts

/// Captures of real programs, beside the checkout: what they emit is claimed, what was planted in them is not.
@Suite(.enabled(if: Samples.areThere, "no evaluation data beside the checkout (SIGILO_SHARED)"))
struct SampleTests {
  @Test(arguments: ["vllm_0.33.0_busy_server.prom", "vllm_0.33.0_realfrontend_with_http.prom"])
  func vllmExpositionsAreClaimedWhole(_ name: String) throws {
    let held = try Samples.hold(exposition: name, to: "vllm")
    #expect(held.breaches.isEmpty)
    #expect(held.tally.families.claimed == held.tally.families.all && held.tally.families.all > 80)
  }

  @Test func adaptersWithFreeNamesAreTheOnlyFindingOfTheirExposition() throws {
    let held = try Samples.hold(exposition: "vllm_0.33.0_spec_lora_kvmetrics.prom", to: "vllm")
    #expect(held.breaches == ["vllm:lora_requests_info running_lora_adapters"])
  }

  @Test(arguments: ["dcgm_exporter_4gpu_default_counters.prom", "dcgm_exporter_4gpu_hpc_job.prom"])
  func dcgmExpositionsAreClaimedWhole(_ name: String) throws {
    let held = try Samples.hold(exposition: name, to: "dcgm-exporter")
    #expect(held.breaches.isEmpty)
    #expect(held.tally.families.all == 25)
  }

  @Test func theTextfileMetricIsTheOnlyFindingOfTheNodeExposition() throws {
    let held = try Samples.hold(exposition: "node_exporter_1.5.0.prom", to: "node-exporter")
    #expect(held.breaches == ["carcara_backup_last_run_timestamp_seconds"])
    #expect(held.tally.families.all - held.tally.families.claimed == 1)
  }

  /// Who may put text where is in the facts on LiteLLM: the model that a client asks for, a credential that is no key, the address
  /// and the name of the client's program.
  @Test func litellmByDefaultYieldsExactlyTheLabelsThatCarryClientText() throws {
    let held = try Samples.hold(exposition: "litellm_1.106.2_default.prom", to: "litellm")
    let deployments = ["deployment_failure_responses", "deployment_total_requests"]
    let proxy = ["proxy_failed_requests_metric", "proxy_total_requests_metric"]
    let clients = deployments + proxy + ["deployment_success_responses", "requests_metric", "spend_metric"]
    let expected =
      ["llm_api_failed_requests_metric model"]
      + (deployments + proxy + ["llm_api_failed_requests_metric"]).map { $0 + " hashed_api_key" }
      + clients.flatMap { ["\($0) user_agent", "\($0) client_ip"] }
    #expect(held.breaches == Set(expected.map { "litellm_" + $0 }))
  }

  @Test func litellmVettedYieldsNone() throws {
    #expect(try Samples.hold(exposition: "litellm_1.106.2_vetted.prom", to: "litellm").breaches.isEmpty)
  }

  @Test(arguments: [
    ("vllm_0.33.0_default.log", "vllm"), ("vllm_benign_real_cpu_frontend.log", "vllm"),
    ("vllm_benign_gpu_from_format_strings.log", "vllm"), ("litellm_1.106.2_vetted_LITELLM_LOG_CRITICAL.log", "litellm"),
    ("node_exporter.stderr.log", "node-exporter"),
  ])
  func onlyLinesWithClientTextAreUnclaimed(_ name: String, _ source: String) throws {
    let lines = try Samples.hold(log: name, to: source)
    #expect(lines.filter { $0.isUnclaimed != $0.holdsClientText }.map(\.number) == [])
  }

  /// Two machines' system logs among operational lines of all kinds; their digits were shuffled, so that some ports are none.
  @Test(.enabled(if: Samples.hasOperationalLog, "no operational log beside the checkout"))
  func mostOfRealSystemLogsIsClaimed() throws {
    let contract = try ContractFilesTests.contract("linux.yaml")
    let names = FleetNames([.hostname: ["LabSZ", "combo"]])
    var matcher = ContractMatcher(try CompiledContract(contract, names: names))
    let hosts = [" LabSZ ", " combo "].map { Array($0.utf8) }
    let head = #/[A-Z][a-z]{2} [ 0-9]\d /#
    for line in try Samples.operationalLog() {
      guard let text = String(validating: line.prefix(40), as: UTF8.self), text.prefixMatch(of: head) != nil,
        hosts.contains(where: { line.prefix(40).firstRange(of: $0) != nil })
      else { continue }
      _ = Array(line).withUnsafeBytes { matcher.line($0, 0..<$0.count) }
    }
    #expect(matcher.tally.lines.all > 11_000)
    #expect(Double(matcher.tally.lines.claimed) > 0.68 * Double(matcher.tally.lines.all))
  }

  @Test(arguments: [("vllm_0.33.0_debug_req.log", "vllm"), ("litellm_1.106.2_default.log", "litellm")])
  func everyLineWithClientTextIsUnclaimed(_ name: String, _ source: String) throws {
    let lines = try Samples.hold(log: name, to: source)
    #expect(lines.filter { $0.holdsClientText && !$0.isUnclaimed }.map(\.number) == [])
    #expect(lines.contains { $0.holdsClientText } && lines.contains { !$0.isUnclaimed })
  }
}

enum Samples {
  static let folder = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["SIGILO_SHARED"]
      ?? ContractFilesTests.folder.appendingPathComponent("../../../shared").path
  ).appendingPathComponent("facts/samples")

  private static let operational = folder.appendingPathComponent("../../corpora/bench/benign.log")
  static var hasOperationalLog: Bool { FileManager.default.fileExists(atPath: operational.path) }

  static func operationalLog() throws -> [ArraySlice<UInt8>] {
    Array(try Data(contentsOf: operational)).split(separator: 0x0A)
  }

  static var areThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// What the captured systems declared.
  static let names = FleetNames([
    .model: [
      "carcara-chat", "meta-llama/Llama-3.1-8B-Instruct", "saude-pt", "juridico-v2", "m-500", "m-500-echo",
      "m-400-echo",
      "m-429", "m-slow", "m-badjson", "m-dead", "up-ok", "up-500", "up-500-echo", "up-400-echo", "up-429", "up-slow",
      "up-badjson",
    ],
    .weights: ["/srv/run/tinymodel", "/models/Llama-3.1-8B-Instruct"], .hostname: ["gpu-n01", "vm"],
    .gpu: ["NVIDIA H100 80GB HBM3"],
  ])

  private static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  private static func matcher(_ source: String) throws -> ContractMatcher {
    ContractMatcher(try CompiledContract(try ContractFilesTests.contract(source + ".yaml"), names: names))
  }

  /// Breaches as family, and label where one is concerned.
  static func hold(exposition name: String, to source: String) throws -> (breaches: Set<String>, tally: ClaimTally) {
    let bytes = try bytes(name)
    return try bytes.withUnsafeBytes { raw in
      var reader = HeldExposition(bytes: raw, matcher: try matcher(source))
      try ExpositionParser.parse(raw, &reader)
      return (reader.breaches, reader.matcher.tally)
    }
  }

  struct Line {
    var number: Int
    var isUnclaimed: Bool
    var holdsClientText: Bool
  }

  /// The made-up client text of the captures bears these words.
  private static let marks = ["SECRET", "Iracema", "diabetes", "andar 7", "Maria Tupi"].map { Array($0.utf8) }

  static func hold(log name: String, to source: String) throws -> [Line] {
    var matcher = try matcher(source)
    var lines: [Line] = []
    let split = try bytes(name).split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in split.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      let isUnclaimed = Array(line).withUnsafeBytes { matcher.line($0, 0..<$0.count) } != nil
      let holds = marks.contains { mark in line.firstRange(of: mark) != nil }
      lines.append(Line(number: index + 1, isUnclaimed: isUnclaimed, holdsClientText: holds))
    }
    return lines
  }
}

private struct HeldExposition: ExpositionVisitor {
  let bytes: UnsafeRawBufferPointer
  var matcher: ContractMatcher
  var breaches: Set<String> = []

  private static let suffixes = ["_total", "_created", "_bucket", "_sum", "_count"]

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  mutating func type(name: Range<Int>, kind: Range<Int>) throws(Fault) {
    if matcher.family(text(name)) != nil { breaches.insert(text(name)) }
  }

  mutating func sample(_ sample: borrowing ExpositionSample) throws(Fault) {
    let name = text(sample.name)
    if matcher.family(name) != nil { breaches.insert(name) }
    for label in sample.labels {
      var value: [UInt8] = []
      ExpositionText.append(bytes, label.value, to: &value)
      guard value.withUnsafeBytes({ matcher.label(text(label.name), $0, of: name) }) != nil else { continue }
      let family = Self.suffixes.first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
      breaches.insert("\(family) \(text(label.name))")
    }
  }

  mutating func broken(_ line: Range<Int>, at offset: Int, problem: StaticString) throws(Fault) {
    breaches.insert("broken line")
  }
}
