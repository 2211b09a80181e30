import Foundation
import Testing
import Vocabulary

@testable import Jobs

@Suite struct TraceTests {
  private static let config = """
    clients: [{url: 'http://127.0.0.1:3100/loki/api/v1/push', external_labels: {site: x}}]
    scrape_configs:
    - job_name: engine
      pipeline_stages:
      - multiline: {firstline: '^[A-Z]'}
      - drop: {expression: 'prompt', drop_counter_reason: asked}
      - regex: {expression: '(?P<figure>\\d+)'}
      - structured_metadata: {figure: }
      - replace: {expression: '(secret)', replace: '***'}
      - tenant: {value: t}
      - sampling: {rate: 0.5}
      static_configs: [{targets: [localhost], labels: {job: vllm, __path__: /var/log/v.log}}]
    - job_name: other
      relabel_configs: [{source_labels: [job], regex: gone, action: drop}]
      static_configs: [{targets: [localhost], labels: {job: gone}}]
    """

  private func trace(_ log: String, job: String?, pieces: Int = 1, config: String = TraceTests.config) throws
    -> [String]
  {
    let file = FileManager.default.temporaryDirectory.appending(path: "sigilo-trace-\(UUID().uuidString).yml")
    try Data(config.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let trace = try TraceJob(config: file.path, job: job)
    var out: [UInt8] = []
    let bytes = Array(log.utf8)
    for start in stride(from: 0, to: bytes.count, by: max(1, bytes.count / pieces)) {
      out += try trace.trace(Array(bytes[start..<min(start + max(1, bytes.count / pieces), bytes.count)]))
    }
    out += try trace.finish()
    return String(decoding: out, as: UTF8.self).replacing(file.path, with: "CONFIG").split(separator: "\n").map(
      String.init)
  }

  @Test(arguments: [1, 7, 1_000]) func tellsFatesAndNoText(pieces: Int) throws {
    let log = "before\nINFO 12 secret\n  more\nERROR caught\n  the prompt\nDONE"
    let expected = [
      "1 kept; tenant set; labels filename, job, site",
      "2-3 changed by 1 (multiline), 5 (replace); tenant set; labels filename, job, site; metadata figure",
      "4-5 dropped by 2 (drop) at CONFIG:6, counted as asked",
      "6 kept; tenant set; labels filename, job, site",
      "6 lines: 4 kept, in 3 entries of which 1 are changed; 2 dropped",
      "  2 by 2 (drop) at CONFIG:6, counted as asked",
      "Not known here: stage 1 (multiline): max_wait_time is taken for never reached.",
      "Not known here: stage 7 (sampling): keeps every line here, a part of them in Promtail.",
    ]
    #expect(try trace(log, job: "engine", pieces: pieces) == expected)
  }

  @Test func aDroppedTargetSendsNothing() throws {
    #expect(
      try trace("a\nb\n", job: "other") == [
        "1 dropped by relabel_configs at CONFIG:14", "2 dropped by relabel_configs at CONFIG:14",
        "2 lines: 0 kept, in 0 entries of which 0 are changed; 2 dropped", "  2 by relabel_configs at CONFIG:14",
      ])
  }

  @Test func needsAJobAndALine() throws {
    for (log, job) in [("a\n", nil), ("a\n", "nosuch"), ("", "engine")] as [(String, String?)] {
      let fault = #expect(throws: Fault.self) { try trace(log, job: job) }
      #expect(fault?.status == .usage && fault?.remedy != nil)
    }
    #expect(throws: Fault.self) { try trace("a\n", job: nil, config: "a: b\n") }
  }
}
