import Fleet
import Foundation
import Syntax
import Testing

@testable import ConfigBundle

/// The pipelines' expressions, run over lines; the real program's semantics of the stages around them is in
/// `PromtailConfig`'s docstring.
@Suite struct PromtailPipelineTests {
  private let expressions: [String: [String]]

  init() throws {
    let file = try #require(GeneratorTests.bundle["configs/base/promtail-config.yaml"])
    let sources = try YAMLDocument.parse(file.bytes)["scrape_configs"]?.array ?? []
    expressions = Dictionary(
      uniqueKeysWithValues: sources.map { source in
        let stages = source["pipeline_stages"]?.array ?? []
        return (source["job_name"]?.string ?? "", stages.compactMap { $0["regex"]?["expression"]?.string })
      })
  }

  @Test func everyExpressionIsAnchored() {
    let all = expressions.values.flatMap(\.self)
    #expect(all.count == 6 && all.allSatisfy { $0.hasPrefix("^") && $0.hasSuffix("$") })
  }

  @Test(arguments: [
    (
      "vllm",
      """
      (APIServer pid=12514) INFO 11-22 09:59:21 [loggers.py:335] Engine 000: Avg prompt throughput: 905.1 tokens/s, Avg \
      generation throughput: 212.7 tokens/s, Running: 32 reqs, Waiting: 14 reqs, Deferred: 2 reqs, Preemptions: 1, GPU KV \
      cache usage: 99.1%, Prefix cache hit rate: 38.2%
      """, ["000", "905.1", "212.7", "32", "14", "99.1"]
    ),
    (
      "vllm", "(Worker_TP0 pid=7) ERROR 11-22 09:59:21 [serving.py:280] a text of the client's\r",
      ["ERROR", "serving.py:280"]
    ),
    ("vllm", "a text of the client's", []),
    ("vllm", "x (Worker_TP0 pid=7) ERROR 11-22 09:59:21 [serving.py:280] text", []),
    (
      "litellm", "09:58:55 - LiteLLM Proxy:ERROR: common_request_processing.py:1687 - a text of the client's",
      ["LiteLLM Proxy", "ERROR", "common_request_processing.py:1687"]
    ),
    (
      "litellm", "INFO:     127.0.0.1:33480 - \"POST /v1/chat/completions HTTP/1.1\" 200 OK",
      ["POST", "/v1/chat/completions", "200"]
    ),
    ("litellm", "INFO:     127.0.0.1:33480 - \"GET /v1/models?q=text HTTP/1.1\" 200 OK", []),
    ("litellm", "Traceback (most recent call last):", []),
  ])
  func knownLinesYieldTypedGroupsOnly(source: String, line: String, groups: [String]) throws {
    #expect(try captured(line, by: expressions[source] ?? []).first ?? [] == groups)
  }

  /// Whatever the line, what an expression captures is a number, a level, a path from the list or the name of a source file.
  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout (SIGILO_SHARED)"))
  func realLogsYieldTypedGroupsOnly() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Shared.samples).filter { $0.hasSuffix(".log") }
    var matched = 0
    for name in names.sorted() {
      let text = String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: "\(Shared.samples)/\(name)")), as: UTF8.self)
      for line in text.split(separator: "\n").prefix(400) {
        for groups in try captured(String(line.prefix(400)), by: expressions.values.flatMap(\.self)) {
          matched += 1
          #expect(groups.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9_.:\/]{1,48}|LiteLLM (Proxy|Router)/) != nil })
        }
      }
    }
    #expect(matched > 50)
  }

  /// The groups of each expression that matches, RE2 being a subset of what `NSRegularExpression` reads but for `(?P<`.
  private func captured(_ line: String, by expressions: [String]) throws -> [[String]] {
    try expressions.compactMap { expression in
      let pattern = try NSRegularExpression(
        pattern: expression.replacingOccurrences(of: "(?P<", with: "(?<")
          .replacing(/\(\?<([a-z_]+)>/) { "(?<\($0.output.1.replacing("_", with: ""))>" })
      guard let match = pattern.firstMatch(in: line, range: NSRange(line.startIndex..., in: line)) else { return nil }
      return (1..<match.numberOfRanges).compactMap { Range(match.range(at: $0), in: line).map { String(line[$0]) } }
    }
  }
}
