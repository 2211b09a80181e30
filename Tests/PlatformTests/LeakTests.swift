import Fleet
import Foundation
import Syntax
import Testing
import Vocabulary

@testable import Platform

struct LeakTests {
  private static let canaries = CanaryText(key: CanaryKey(seed: 1))
  private static let search = CanarySearch(canaries)

  private static func hasMarker(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { search.containsMarker(in: $0) } }

  /// Base64 runs of a text, decoded.
  private static func decoded(_ text: String) -> [UInt8] {
    text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "+/=".contains($0))) }
      .filter { $0.count > 40 }.flatMap { Data(base64Encoded: String($0)).map(Array.init) ?? [] }
  }

  /// The sinks in which a marker came out, and how often in logs.
  private static func sinks(_ leaks: Set<LeakName>) throws -> Set<String> {
    var model = try PlatformModel(fleet: .default, seed: 6, course: .errors, leaks: leaks, canaries: canaries)
    model.advance(by: 2000)
    #expect(model.canariesSent > 1000)
    var sinks: Set<String> = []
    for target in model.targets where hasMarker(model.exposition(of: target)) {
      sinks.insert("exporter \(target.job.rawValue)")
    }
    for line in model.drainLogs() where hasMarker(Array(line.text.utf8)) || hasMarker(decoded(line.text)) {
      sinks.insert("log \(line.log.prefix { $0 != "@" })")
    }
    return sinks
  }

  @Test func nothingComesOutWithoutALeak() throws { #expect(try Self.sinks([]).isEmpty) }

  @Test(arguments: LeakName.allCases) func aLeakComesOutWhereItSays(_ name: LeakName) throws {
    let leak = name.leak
    #expect(leak.name == name)
    // A notification needs Prometheus; until then the leak stands in the label.
    let kind = leak.kind == .logFile ? "log" : "exporter"
    #expect(try Self.sinks([name]) == ["\(kind) \(leak.source.rawValue)"])
  }

  @Test func theLabelIsTheClientsTextWordForWord() throws {
    var model = try PlatformModel(
      fleet: .default, seed: 6, leaks: [.litellmModelLabel], canaries: Self.canaries, logs: false)
    model.advance(by: 1800)
    let failed = model.samples(.litellm, "litellm_llm_api_failed_requests_metric_total")
    let leaked = failed.compactMap { $0["model"] }.filter { $0.contains(" ") }
    #expect(leaked.count > 10)
    #expect(leaked.allSatisfy { (0..<CanaryText.rounds).map(Self.canaries.prompt).contains($0) })
    // Every other family says `other`, as the real ones do.
    let others = model.samples(.litellm, "litellm_deployment_failure_responses_total").compactMap {
      $0["requested_model"]
    }
    #expect(Set(others).isSubset(of: ["other", "", "carcara-chat"]) && others.contains("other"))
  }

  @Test func withoutCanariesTheConversationsGoOutAsTheyAre() throws {
    var model = try PlatformModel(fleet: .default, seed: 6, leaks: [.litellmModelLabel], logs: false)
    model.advance(by: 1800)
    let labels = model.samples(.litellm, "litellm_llm_api_failed_requests_metric_total").compactMap { $0["model"] }
    let prompts = Set(Conversation.all.map(\.prompt))
    #expect(labels.contains(where: prompts.contains))
    #expect(model.canariesSent == 0)
  }

  @Test func theAlertLeakAddsARuleAndTakesTheRelabellingAway() throws {
    let rules = """
      groups:
      - name: platform
        rules:
        - alert: VLLMDown
          expr: up == 0

      """
    let patched = LeakName.alertAnnotation.leak.patchRules(rules)
    let groups = try YAMLDocument.parse(Array(patched.utf8))["groups"]?.array
    #expect(groups?.count == 2)
    #expect(groups?.last?["rules"]?.array?.first?["annotations"]?["summary"]?.string?.contains("$labels.model") == true)

    let config = """
      scrape_configs:
        - job_name: vllm
          metric_relabel_configs:
            - action: labeldrop
              regex: a
        - job_name: litellm
          metric_relabel_configs:
            - action: labeldrop
              regex: b

            - action: drop
          static_configs:
            - targets: [litellm:4000]
        - job_name: node-exporter
          metric_relabel_configs:
          - action: labeldrop
            regex: c
      """
    let bare = LeakName.alertAnnotation.leak.patchConfig(config)
    let jobs = try YAMLDocument.parse(Array(bare.utf8))["scrape_configs"]?.array
    #expect(jobs?.map { $0["metric_relabel_configs"] == nil } == [false, true, false])
    #expect(jobs?[1]["static_configs"] != nil)
    #expect(LeakName.base64InLog.leak.patchConfig(config) == config)
    #expect(LeakName.allCases.filter(\.leak.needsPatches) == [.alertAnnotation])
  }
}
