import Foundation
import Testing

@testable import Contracts

@Suite(.enabled(if: RealLogs.areThere, "no evaluation data beside the checkout (SIGILO_SHARED)"))
struct RealLogsTests {
  /// Claimed, or of a form that is named for a person to decide; a line that is neither is of a form that was not there before.
  @Test(arguments: RealLogs.all.keys.sorted())
  func ofOneHalfLearnedTheOtherIsClaimedOrNamed(_ name: String) throws {
    let lines = try #require(RealLogs.all[name])
    for split in Halves.Split.allCases {
      let (half, held) = Halves.split(lines, split)
      let outcome = try Halves.hold(held, to: Learned(half))
      var seen = Halves.Forms(half)
      #expect(outcome.lost.filter { seen.contains(held[$0]) } == [], "\(split)")
      #expect(outcome.lost.count * 10 <= held.count, "\(split)")
    }
  }

  @Test func ofALargeLogTheOtherHalfIsClaimedOrNamed() throws {
    let text = try String(contentsOf: RealLogs.large, encoding: .utf8)
    let lines = text.split(separator: "\n").prefix(30_000).map(String.init)
    let (half, held) = Halves.split(lines, .first)
    let outcome = try Halves.hold(Array(held.prefix(5_000)), to: Learned(half))
    #expect(outcome.claimed > 1_500)
    #expect(outcome.lost.count < 25)
  }
}

/// Lines of logs of other projects, by project and file.
enum RealLogs {
  private static let file = Samples.folder.appendingPathComponent("../../corpora/eval/dev.jsonl")
  static let large = Samples.folder.appendingPathComponent("../../corpora/bench/benign.log")
  static var areThere: Bool { FileManager.default.fileExists(atPath: file.path) }

  private struct Row: Decodable {
    var text: String
    var label: Int
    var kind: String
    var source: String
  }

  static let all: [String: [String]] = {
    guard let data = try? Data(contentsOf: file) else { return [:] }
    let kinds: Set<String> = ["benign_log", "benign_log_llm", "benign_log_hard", "benign_log_llm_hard"]
    var logs: [String: [String]] = [:]
    for line in data.split(separator: 0x0A) where line.firstRange(of: Data(#""benign_log"#.utf8)) != nil {
      guard let row = try? JSONDecoder().decode(Row.self, from: line), row.label == 0, kinds.contains(row.kind) else {
        continue
      }
      logs[row.source, default: []] += row.text.split(separator: "\n").map(String.init)
    }
    return logs.filter { $0.value.count >= 100 }
  }()
}
