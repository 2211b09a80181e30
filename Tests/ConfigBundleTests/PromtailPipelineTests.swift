import Contracts
import Fleet
import Flow
import Foundation
import Pipelines
import Syntax
import Testing

@testable import ConfigBundle

/// What the bundle's Promtail would send.
@Suite struct PromtailPipelineTests {
  private func sent(_ line: String, of job: String) throws -> PipelineEntry? {
    let file = try #require(GeneratorTests.bundle["configs/base/promtail-config.yaml"])
    let jobs = try YAMLDocument.parse(file.bytes)["scrape_configs"]?.array ?? []
    let config = try #require(jobs.first { $0["job_name"]?.string == job })
    let pipeline = try Pipeline(try #require(config["pipeline_stages"]))
    let labels = ["job": job, "node": "gpu-node1", "filename": "/var/log/\(job)/gpu-node1.log"]
    for case .kept(let entry) in try pipeline.process(PipelineEntry(line: Array(line.utf8), labels: labels, number: 1))
    {
      return entry
    }
    return nil
  }

  @Test(arguments: [
    (
      "vllm",
      """
      (APIServer pid=12514) INFO 11-22 09:59:21 [loggers.py:335] Engine 000: Avg prompt throughput: 905.1 tokens/s, Avg \
      generation throughput: 212.7 tokens/s, Running: 32 reqs, Waiting: 14 reqs, Deferred: 2 reqs, Preemptions: 1, GPU KV \
      cache usage: 99.1%, Prefix cache hit rate: 38.2%
      """
    ),
    ("litellm", "INFO:     127.0.0.1:33480 - \"POST /v1/chat/completions HTTP/1.1\" 200 OK"),
  ])
  func claimedLinesAreSentWithTheirStreamsLabelsOnly(_ job: String, _ line: String) throws {
    for ending in ["", "\r"] {
      let entry = try #require(try sent(line + ending, of: job))
      #expect(String(decoding: entry.line, as: UTF8.self) == line)
      #expect(entry.labels == ["job": job, "node": "gpu-node1"] && entry.metadata.isEmpty)
    }
  }

  @Test(arguments: [
    ("vllm", "(Worker_TP0 pid=7) ERROR 11-22 09:59:21 [serving.py:280] a text of the client's\r"),
    ("vllm", "a text of the client's"),
    ("litellm", "09:58:55 - LiteLLM Proxy:ERROR: common_request_processing.py:1687 - a text of the client's"),
    ("litellm", "INFO:     127.0.0.1:33480 - \"GET /v1/models?q=text HTTP/1.1\" 200 OK"),
    ("litellm", "Traceback (most recent call last):"),
  ])
  func otherLinesAreNot(_ job: String, _ line: String) throws { #expect(try sent(line, of: job) == nil) }
}
