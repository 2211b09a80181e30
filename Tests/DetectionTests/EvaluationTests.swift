import Foundation
import Policy
import Testing
import Vocabulary

@testable import Detection

/// Labelled texts from public sources, which are no part of this repository: `SIGILO_SHARED` names the folder they are in.
private let corpora = (ProcessInfo.processInfo.environment["SIGILO_SHARED"] ?? "../shared") + "/corpora"

@Suite(.enabled(if: FileManager.default.fileExists(atPath: corpora), "no corpora under SIGILO_SHARED"))
struct EvaluationTests {
  private struct Row: Decodable {
    var surface: Surface
    var text: String
    var label: Int
    var kind: String
    var value: String?
  }

  /// What rules without a language model can do, so that a change that costs either shows.
  @Test func carriersAndEncodingsAreFoundAndBenignTextIsNot() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: corpora + "/eval/dev.jsonl"), options: .mappedIfSafe)
    let judge = try policyJudge()
    var found: [String: (content: Int, all: Int)] = [:]
    var benign = (content: 0, all: 0)
    for (number, line) in data.split(separator: 0x0A).enumerated() where number % 8 == 0 {
      let row = try JSONDecoder().decode(Row.self, from: line)
      let isContent =
        judge.judge(row.value ?? row.text, row.surface, row.surface == .alert ? .annotation : nil)?.isContent ?? false
      if row.label == 0 {
        benign.all += 1
        if isContent { benign.content += 1 }
      } else {
        found[row.kind, default: (0, 0)].all += 1
        if isContent { found[row.kind]?.content += 1 }
      }
    }
    #expect(benign.all > 3_000 && benign.content * 1_000 <= benign.all)
    for kind in ["base64", "hex", "in_vllm_log_line", "in_litellm_debug", "json_escaped", "token_ids", "url_query"] {
      let rate = found[kind].map { Double($0.content) / Double($0.all) } ?? 0
      #expect(rate >= 0.85, "\(kind)")
    }
  }

  /// At most one group of findings (a rule at a skeleton) in ten thousand lines.
  @Test func operationalLinesHoldNextToNothing() throws {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: corpora + "/bench/benign.log"))
    defer { try? file.close() }
    let data = try file.read(upToCount: 4 << 20) ?? Data()
    let judge = try policyJudge()
    var lines = 0
    var groups: Set<[UInt8]> = []
    data.withUnsafeBytes { bytes in
      judge.judgeLines(bytes, surface: .log, slot: .line) { range, judgement in
        guard judgement.isContent || !judgement.undecided.isEmpty else { return }
        var key = Array(judgement.leadingRule.utf8)
        Shape.skeletonKey(UnsafeRawBufferPointer(rebasing: bytes[range]), into: &key)
        groups.insert(key)
      }
      lines = bytes.count { $0 == 0x0A }
    }
    #expect(lines > 10_000 && groups.count * 10_000 <= lines)
  }
}
