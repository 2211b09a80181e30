import Foundation
import Syntax
import Testing
import Vocabulary

@testable import Contracts

/// The captures of real programs, learned by halves on top of the contracts that there are.
@Suite(.enabled(if: Samples.areThere, "no evaluation data beside the checkout (SIGILO_SHARED)"))
struct SampleHalvesTests {
  private static func lines(_ name: String) throws -> [String] {
    let bytes = try Data(contentsOf: Samples.folder.appendingPathComponent(name))
    return bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
      .filter { !$0.allSatisfy(\.isWhitespace) }
  }

  private static func base(_ source: String) throws -> String {
    try String(contentsOf: ContractFilesTests.folder.appendingPathComponent(source + ".yaml"), encoding: .utf8)
  }

  @Test(arguments: [
    ("vllm_benign_real_cpu_frontend.log", "vllm"), ("vllm_benign_gpu_from_format_strings.log", "vllm"),
    ("litellm_1.106.2_vetted_LITELLM_LOG_CRITICAL.log", "litellm"), ("node_exporter.stderr.log", "node-exporter"),
  ])
  func ofLogsTheOtherHalfIsClaimed(_ name: String, _ source: String) throws {
    let lines = try Self.lines(name)
    let base = try Self.base(source)
    for split in Halves.Split.allCases {
      let (half, held) = Halves.split(lines, split)
      let learned = try Learned(half, base: base, source: source, names: Samples.names)
      // Lines are looked at where they stand: some only follow others.
      let unclaimed = try learned.unclaimed(lines).filter { held.contains(lines[$0]) }
      #expect(unclaimed.count * 100 <= held.count, "\(split)")
      #expect(learned.text.hasPrefix(base.prefix(2_000)))
    }
  }

  @Test(arguments: [
    ("vllm_benign_real_cpu_frontend.log", "vllm"), ("litellm_1.106.2_vetted_LITELLM_LOG_CRITICAL.log", "litellm"),
    ("node_exporter.stderr.log", "node-exporter"),
  ])
  func withoutAContractTheOtherHalfIsClaimedOrNamed(_ name: String, _ source: String) throws {
    let lines = try Self.lines(name)
    for split in Halves.Split.allCases {
      let (half, held) = Halves.split(lines, split)
      let outcome = try Halves.hold(held, to: Learned(half, names: Samples.names))
      var seen = Halves.Forms(half)
      #expect(outcome.lost.filter { seen.contains(held[$0]) } == [], "\(split)")
    }
  }

  @Test(arguments: [
    ("vllm_0.33.0_busy_server.prom", "vllm"), ("vllm_0.33.0_realfrontend_with_http.prom", "vllm"),
    ("litellm_1.106.2_vetted.prom", "litellm"), ("node_exporter_1.5.0.prom", "node-exporter"),
    ("dcgm_exporter_4gpu_default_counters.prom", "dcgm-exporter"),
  ])
  func ofExpositionsTheOtherHalfIsClaimed(_ name: String, _ source: String) throws {
    let lines = try Self.lines(name)
    for parity in 0...1 {
      let (half, held) = Self.halves(lines, parity)
      let learned = try LearnedExposition(half, base: try Self.base(source), source: source, names: Samples.names)
      let found = try learned.hold(held)
      #expect(found.unclaimed.count * 100 <= found.all)
    }
  }

  /// What is not claimed is a label that is named, or one whose family had no sample in the half.
  @Test(arguments: [
    "vllm_0.33.0_busy_server.prom", "vllm_0.33.0_realfrontend_with_http.prom", "litellm_1.106.2_vetted.prom",
    "node_exporter_1.5.0.prom", "dcgm_exporter_4gpu_default_counters.prom",
  ])
  func withoutAContractLabelsOfExpositionsAreClaimedOrNamed(_ name: String) throws {
    let lines = try Self.lines(name)
    for parity in 0...1 {
      let (half, held) = Self.halves(lines, parity)
      let learned = try LearnedExposition(half, names: Samples.names)
      let found = try learned.hold(held)
      let lost = found.unclaimed.filter { !learned.named.contains($0) }
      #expect(lost.count * 12 <= found.all && lost.allSatisfy { $0.contains(" ") })
    }
  }

  /// Every second sample; the comments stand in both halves.
  private static func halves(_ lines: [String], _ parity: Int) -> (learned: [String], held: [String]) {
    let numbered = lines.enumerated()
    return (
      numbered.filter { $1.hasPrefix("#") || $0 % 2 == parity }.map(\.element),
      numbered.filter { $1.hasPrefix("#") || $0 % 2 != parity }.map(\.element)
    )
  }
}
