import EngineSupport
import Foundation
import Syntax
import Testing
import Transport

@testable import Templates

/// Held to the real Loki: it formats lines that were pushed to it, and what comes out is compared byte by byte.
@Suite(.enabled(if: LokiServer.isWanted, "loki is not installed"))
struct LokiRenderingTests {
  @Test func equalLoki() async throws {
    let loki = try await LokiServer()
    defer { loki.stop() }
    let now = Int(Date().timeIntervalSince1970)
    try await push(loki, at: now - 60)
    for text in LokiTemplates.good + LokiTemplates.failing {
      let answers = try await ask(loki, text, now)
      try #require(answers.count == LokiTemplates.lines.count, "\(text)")
      for (number, answer) in answers.enumerated() {
        #expect(Self.ours(text, number, now - 60) == answer, "\(text), line \(number)")
      }
      // Of one that fails there is one line at least of which it is said.
      #expect(answers.contains(nil) == LokiTemplates.failing.contains(text), "\(text)")
    }
    for text in LokiTemplates.invalid {
      let response = try await respond(loki, Self.query(text), now)
      #expect(response.status == 400, "\(text)")
    }
    try await equalInLabels(loki, now)
  }

  /// By a label as by a line.
  private func equalInLabels(_ loki: LokiServer, _ now: Int) async throws {
    for text in LokiTemplates.good.prefix(12) {
      let query =
        "{job=\"j\"} | json | drop service_name, detected_level | label_format made=\(GoString.quote(text)) | line_format `{{ .made }}`"
      let answers = try await lines(loki, query, now)
      for (number, answer) in answers.enumerated() {
        #expect(Self.ours(text, number, now - 60) == answer, "\(text), line \(number)")
      }
    }
  }

  // MARK: Ours

  /// Nil where it fails.
  private static func ours(_ text: String, _ number: Int, _ time: Int) -> String? {
    var environment = TemplateEnvironment()
    environment.release = .init(3, 6)
    environment.line = Array(LokiTemplates.lines[number].utf8)
    environment.timestamp = TemplateTime(seconds: Int64(time + number), nanoseconds: 5_000_000)
    var fields = LokiTemplates.fields[number]
    fields["job"] = "j"
    do {
      let bytes = try Template(text, dialect: .loki)
        .render(.texts(fields.mapValues { Array($0.utf8) }), in: environment)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      return (error as? TemplateError)?.isUnsupported == false ? nil : "\(error)"
    }
  }

  // MARK: Loki

  private static func query(_ text: String) -> String {
    "{job=\"j\"} | json | drop service_name, detected_level | line_format \(GoString.quote(text))"
  }

  private struct Answer: Decodable {
    struct Stream: Decodable {
      var stream: [String: String]
      var values: [[String]]
    }
    struct Content: Decodable { var result: [Stream] }
    var data: Content
  }

  private func push(_ loki: LokiServer, at time: Int) async throws {
    let values = LokiTemplates.lines.enumerated().map { ["\(time + $0.offset)005000000", $0.element] }
    let body = try JSONSerialization.data(
      withJSONObject: ["streams": [["stream": ["job": "j"], "values": values] as [String: Any]]])
    var status = 0
    for _ in 0..<100 where status != 204 {
      status = (try? await loki.push(Array(body)))?.status ?? 0
      if status != 204 { try await Task.sleep(for: .milliseconds(100)) }
    }
    try #require(status == 204)
    // The first query may find the parts of a fresh Loki not yet connected, and wait in vain.
    for _ in 0..<6 where (try? await respond(loki, Self.query("x"), time + 60))?.status != 200 {}
  }

  private func respond(_ loki: LokiServer, _ query: String, _ now: Int) async throws -> HTTPResponse {
    try await loki.get("query_range", ["query": query, "start": "\(now - 600)", "end": "\(now + 60)"])
  }

  /// What it makes of each line, in their order; nil where the template failed.
  private func ask(_ loki: LokiServer, _ text: String, _ now: Int) async throws -> [String?] {
    try await lines(loki, Self.query(text), now)
  }

  private func lines(_ loki: LokiServer, _ query: String, _ now: Int) async throws -> [String?] {
    let response = try await respond(loki, query, now)
    try #require(response.status == 200, "\(query)")
    let streams = try JSONDecoder().decode(Answer.self, from: Data(response.body)).data.result
    let rows = streams.flatMap { stream in
      stream.values.map { (time: $0[0], line: stream.stream["__error__"] == nil ? $0[1] : nil) }
    }
    return rows.sorted { $0.time < $1.time }.map(\.line)
  }
}
