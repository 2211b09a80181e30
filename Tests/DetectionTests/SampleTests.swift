import Foundation
import Policy
import Testing
import Vocabulary

@testable import Detection

/// Captures of real programs, which are no part of this repository: `SIGILO_SHARED` names the folder they are in.
private let samples =
  (ProcessInfo.processInfo.environment["SIGILO_SHARED"] ?? "../shared") + "/facts/samples"

private var hasSamples: Bool { FileManager.default.fileExists(atPath: samples) }

@Suite(.enabled(if: hasSamples, "no captures under SIGILO_SHARED"))
struct SampleTests {
  @Test(arguments: [
    "vllm_benign_gpu_from_format_strings.log", "vllm_benign_real_cpu_frontend.log", "node_exporter.stderr.log",
    "litellm_1.106.2_vetted_LITELLM_LOG_CRITICAL.log",
  ])
  func benignLogsHoldNothing(name: String) throws { #expect(try content(in: name).isEmpty) }

  @Test func leaksAtDefaultSettingsAreFound() throws {
    #expect(try content(in: "vllm_0.33.0_default.log") == [73: "unknown-model"])
    let litellm = try content(in: "litellm_1.106.2_default.log")
    #expect(litellm.keys.sorted() == [99, 149, 154, 178, 202, 454, 504, 707, 727, 755])
  }

  @Test func requestLoggingIsFound() throws {
    let found = try content(in: "vllm_0.33.0_debug_req.log")
    #expect(
      Set(found.values).isSuperset(of: [
        "vllm-request-prompt", "vllm-output", "vllm-token-ids", "chat-message", "vllm-sampling-text", "unknown-model",
      ]))
  }

  /// Line number and leading rule of every line judged content.
  private func content(in name: String) throws -> [Int: String] {
    let data = try Data(contentsOf: URL(fileURLWithPath: samples + "/" + name))
    let judge = try policyJudge()
    var found: [Int: String] = [:]
    data.withUnsafeBytes { bytes in
      judge.judgeLines(bytes, surface: .log, slot: .line) { range, judgement in
        guard judgement.isContent else { return }
        found[bytes[..<range.lowerBound].count { $0 == 0x0A } + 1] = judgement.leadingRule
      }
    }
    return found
  }
}
