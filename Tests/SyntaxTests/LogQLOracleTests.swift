import EngineSupport
import Foundation
import Syntax
import TestSupport
import Testing
import Transport

/// Held to the real Loki: what it takes, and which labels its results carry.
@Suite(.enabled(if: LokiServer.isWanted, "loki is not installed"))
struct LogQLOracleTests {
  @Test func agrees() async throws {
    let loki = try await LokiServer()
    defer { loki.stop() }
    try await agreeOnWhatIsAQuery(loki)
    try await agreeOnTheLabelsOfResults(loki)
    try await agreeOnWhatRuns(loki)
  }

  private func agreeOnWhatRuns(_ loki: LokiServer) async throws {
    let now = Int(Date().timeIntervalSince1970)
    for query in LogQLStageErrorTests.refused.map(\.0) + LogQLStageErrorTests.accepted {
      let expression = try LogQLExpression.parse(query)
      let answer = try await loki.get(
        "query_range", ["query": query, "start": "\(now - 60)", "end": "\(now)", "step": "60"])
      #expect(expression.stageErrors(in: query).isEmpty == (answer.status == 200), "\(query)")
    }
  }

  private func agreeOnWhatIsAQuery(_ loki: LokiServer) async throws {
    let options = LogQLOptions(version: try await loki.version())
    var random = SeededGenerator(36)
    var valid = 0
    for query in LogQLParserTests.canonical + (0..<300).map({ _ in random.mutated() }) {
      let takes = (try? LogQLExpression.parse(query, options: options)) != nil
      let answer = try await loki.get("format_query", ["query": query])
      #expect(takes == (answer.status == 200), "\(query)")
      valid += answer.status == 200 ? 1 : 0
    }
    #expect((40..<300).contains(valid))
  }

  /// What is in the data says where it is from: L in a stream's labels, M in structured metadata, F in a line.
  private static let streams: [(labels: [String: String], metadata: [String: String], lines: [String])] = [
    (
      ["job": "L_json", "pod": "L_pod"], ["trace": "M_trace", "user": "M_user"],
      [
        #"{"user":"F_user","n":7,"job":"F_job","deep":{"x":"F_deep"},"took":"5s","list":["F_list"]}"#,
        #"{"user":"F_user2","n":"F_n","trace":"F_trace"}"#, "F_word and {", #"{"_entry":"F_entry n=3","who":"F_who"}"#,
      ]
    ),
    (
      ["job": "L_logfmt"], ["level": "M_level"],
      ["user=F_user n=5 took=2s level=F_level pod=F_pod", "n=8 size=5KB user= job=F_job", "F_first F_second n=F_n"]
    ),
  ]

  private static let fields: Set<String> = [
    "user", "n", "job", "deep_x", "took", "trace", "who", "level", "pod", "size", "_entry",
    // With --keep-empty lone words are names.
    "F_first", "F_second", "F_word", "and", "_",
  ]

  private static let pipelines = [
    "", "|= `F_`", "| json", "| logfmt", "| unpack", "| json u=`user`, d=`deep.x`, job", "| logfmt u=`user`, pod",
    "| logfmt --strict --keep-empty", "| regexp `(?P<word>\\S+) (?P<job>\\S+)`", "| pattern `<first> <_> <user>`",
    "| json | drop user, n, trace", "| json | keep user, job", "| json | keep user=~`F_.*`, trace", "| logfmt | n > 5",
    "| json | user=`F_user`", "| json | user=`F_user` or trace=`M_trace`", "| json | line_format `{{.user}} {{.job}}`",
    "| logfmt | line_format `{{.job | lower}}:{{__line__}}` | pattern `<a>:<b>`", "| json | label_format u=user, j=job",
    "| label_format l=`{{__line__}}`, t=`{{.trace}}-{{.job}}`", "| json | label_format job=`{{.user}}`",
    "| line_format `{{.trace}}` | regexp `(?P<r>.+)`", "| json | label_format x=`{{index . \"user\"}}{{div 1 .n}}`",
    "| logfmt | decolorize | took > 1s | __error__=``", "| unpack | logfmt",
    "| json | unpack | drop __error__, __error_details__",
  ]

  private static let wrappers = [
    "%", "count_over_time(% [1h])", "sum by (user, job) (rate(% [1h]))", "sum without (user) (bytes_over_time(% [1h]))",
    "max_over_time(% | unwrap n | __error__=`` [1h]) by (n, job)",
    "quantile_over_time(0.9, % | __error__=`` | unwrap n [1h]) by (job)",
    "sum(sum_over_time(% | unwrap n | __error__=`` [1h])) by (n)",
    "first_over_time(% | unwrap duration(took) | __error__=`` [1h])", "topk(2, count_over_time(% | __error__=`` [1h]))",
    "avg by (u) (count_over_time(% [1h])) or sum by (word) (count_over_time(% [1h]))",
    "label_replace(count_over_time(% | __error__=`` [1h]), `z`, `$1!`, `user`, `(..).*`)", "absent_over_time(% [1h])",
    "count_over_time(% | __error__!=`` [1h])", "sum by (__error__, user) (count_over_time(% [1h]))",
    "sum by (job, user) (count_over_time(% [1h])) * on (job) group_left (pod) sum by (job, pod) (count_over_time(% [1h]))",
    "count_over_time(% | __error__=`` [1h]) / on (job, user) count_over_time(% | __error__=`` [1h]) > 0",
  ]

  private struct Answer: Decodable {
    struct Result: Decodable {
      var stream: [String: String]?
      var metric: [String: String]?
      var values: [[String]]?
    }
    struct Content: Decodable { var result: [Result] }
    var data: Content
  }

  private func agreeOnTheLabelsOfResults(_ loki: LokiServer) async throws {
    let now = Int(Date().timeIntervalSince1970)
    let streams = Self.streams.map { stream -> [String: Any] in
      let values = stream.lines.enumerated().map {
        ["\(now - 60 + $0.offset)000000000", $0.element, stream.metadata] as [Any]
      }
      return ["stream": stream.labels, "values": values]
    }
    let body = try JSONSerialization.data(withJSONObject: ["streams": streams])
    var pushed = 0
    for _ in 0..<100 where pushed != 204 {
      pushed = (try? await loki.push(Array(body)))?.status ?? 0
      if pushed != 204 { try await Task.sleep(for: .milliseconds(100)) }
    }
    try #require(pushed == 204)
    let read = Self.streams.reduce(into: Set(["service_name", "detected_level"])) {
      $0.formUnion($1.labels.keys)
      $0.formUnion($1.metadata.keys)
    }
    var answered = 0
    for (row, pipeline) in Self.pipelines.enumerated() {
      // Every other one: all of them take as long again.
      for (column, wrapper) in Self.wrappers.enumerated() where (row + column) % 2 == 0 {
        let query = wrapper.replacing("%", with: "{job=~\"L_.+\"} \(pipeline)")
        let labels = try LogQLExpression.parse(query).labels()
        let answer =
          labels.returnsLines
          ? try? await loki.get("query_range", ["query": query, "start": "\(now - 600)", "end": "\(now + 60)"])
          : try? await loki.get("query", ["query": query, "time": "\(now + 1)"])
        // Lines that could not be read end a query for series, and so do series that match several.
        guard let answer, answer.status == 200 else { continue }
        answered += 1
        let prediction = labels.predicted(labelsOf: { _ in read }, fieldsOf: { _ in Self.fields })
        for result in try JSONDecoder().decode(Answer.self, from: Data(answer.body)).data.result {
          let carried = result.stream ?? result.metric ?? [:]
          #expect(prediction.allows(Set(carried.keys)), "\(query)")
          for (name, value) in carried { check(value, labels.origins(of: name), "\(name) of \(query)") }
          for value in result.values ?? [] where labels.returnsLines {
            check(value[1], labels.line ?? [], "the line of \(query)")
          }
        }
      }
    }
    #expect(answered > 100)
  }

  /// Whether the origins tell of what arrived.
  private func check(_ text: String, _ origins: Set<LogQLLabels.Origin>, _ place: String) {
    let sources = origins.map(\.source)
    if text.contains("F_") {
      #expect(
        sources.contains { if case .literal(let text) = $0 { text.contains("F_") } else { $0.isLine } }, "\(place)")
    }
    if text.contains("L_") || text.contains("M_") {
      #expect(
        sources.contains {
          switch $0 {
          case .label, .everyLabel: true
          case .literal(let text): text.contains("_")
          default: false
          }
        }, "\(place)")
    }
  }
}

extension SeededGenerator {
  /// One of the parser's own queries with a few pieces changed.
  fileprivate mutating func mutated() -> String {
    let pieces = [
      "(", ")", "{", "}", "[5m]", "|", "|=", "!=", "=~", "=", ",", "or", "and", "by", "on", "bool", "json", "logfmt",
      "unwrap",
      "offset", "5m", "-5m", "10KB", "0", "1e3", "0x1p4", "\"a\"", "`b`", "sum", "rate", "topk", "ip", "drop", "+", "^",
      ">", "#x\n",
      "!", "'c'", "a=\"b\"", "{a=\"b\"}", "--strict", "vector(1)", "RATE", ".5",
    ]
    var words = LogQLParserTests.canonical.randomElement(using: &self)!.split(separator: " ").map(String.init)
    let place = Int.random(in: words.indices, using: &self)
    switch Int.random(in: 0..<4, using: &self) {
    case 0 where words.count > 1: words.remove(at: place)
    case 1: words.insert(pieces.randomElement(using: &self)!, at: place)
    case 2: words[place] = pieces.randomElement(using: &self)!
    default: words.swapAt(place, Int.random(in: words.indices, using: &self))
    }
    return words.joined(separator: " ")
  }
}
