import Foundation
import Testing
import Transport
import Vocabulary

@testable import Sinks

@Suite(.timeLimit(.minutes(10))) struct RemoteSinkTests {
  private let range = TimeRange(start: 1_795_343_605_000_000_000, end: 1_795_347_205_000_000_000)

  @Test func exportersAreReadAsExpositions() async throws {
    let collector = Collector()
    let answer: FakeServer.Answer = { path, _ in
      path == "/metrics" ? (200, "# TYPE up gauge\nup{a=\"b\"} 1\n") : (404, "")
    }
    try await FakeServer.run(answer) {
      let coverage = try await ExporterSink.read($0.url, name: "vllm@n1", client: .forTests(), into: collector)
      #expect(coverage.map(\.outcome) == [.judged])
      #expect(coverage[0].sink == Sink(.exporter, "vllm@n1"))
      #expect(coverage[0].records == 3)
      let elsewhere = try await ExporterSink.read(
        $0.url.endpoint("/other"), name: "x", client: .forTests(), into: Collector())
      #expect(elsewhere.map(\.outcome) == [.incomplete])
    }
    #expect(collector.texts(.labelValue) == ["b"])
  }

  @Test func largeExpositionsAreReadAsFarAsTheyCome() async throws {
    let body = String(repeating: "up{a=\"b\"} 1\n", count: 20_000)
    let collector = Collector()
    let answer: FakeServer.Answer = { _, _ in (200, body) }
    try await FakeServer.run(answer) {
      let coverage = try await ExporterSink.read(
        $0.url, name: "x", client: .forTests(maximumBytes: 120_000), into: collector)
      #expect(coverage.map(\.outcome) == [.incomplete])
    }
    #expect(collector.texts(.labelValue).count == 10_000)
  }

  @Test func nothingThereIsUnreachable() async throws {
    var url = URL(string: "http://127.0.0.1:9")!
    let answer: FakeServer.Answer = { _, _ in (200, "") }
    try await FakeServer.run(answer) { url = $0.url }
    let client = HTTPClient.forTests()
    let exporter = try await ExporterSink.read(url, name: "x", client: client, into: Collector())
    #expect(exporter.map(\.outcome) == [.unreachable])
    // One answer is enough to know: the other parts are not asked for.
    let prometheus = try await PrometheusSink.read(url, name: "x", range: range, client: client, into: Collector())
    #expect(prometheus.map(\.outcome) == [.unreachable])
    let loki = try await LokiSink.read(url, name: "x", range: range, client: client, into: Collector())
    #expect(loki.map(\.outcome) == [.unreachable])
    let alertmanager = try await AlertmanagerSink.read(url, name: "x", client: client, into: Collector())
    #expect(alertmanager.map(\.outcome) == [.unreachable])
  }

  @Test func silentTargetsAreUnreachable() async throws {
    let answer: FakeServer.Answer = { _, _ in
      try? await Task.sleep(for: .seconds(60))
      return (200, "")
    }
    try await FakeServer.run(answer) {
      let coverage = try await ExporterSink.read(
        $0.url, name: "x", client: .forTests(deadline: .milliseconds(500)), into: Collector())
      #expect(coverage.map(\.outcome) == [.unreachable])
    }
  }

  private static let prometheus: FakeServer.Answer = { path, query in
    let data: String
    switch path {
    case "/api/v1/labels": data = "[\"__name__\",\"model\"]"
    case "/api/v1/label/__name__/values": data = "[\"up\",\"alpha\"]"
    case "/api/v1/series":
      let all = [("up", "u"), ("alpha", "u"), ("beta", "v"), ("é", "w")]
      guard let selector = query["match[]"] else { return (400, "") }
      let chosen = all.filter { name, _ in
        if selector == "{__name__!=\"\"}" { return true }
        let pattern = selector.split(separator: "\"")[1]
        return name.wholeMatch(of: try! Regex(String(pattern))) != nil
      }
      // Padding makes all of them together too much for one answer.
      let padding = String(repeating: " ", count: chosen.count * 40_000)
      data = "[" + chosen.map { "{\"__name__\":\"\($0)\",\"model\":\"\($1)\"}" }.joined(separator: ",") + "]" + padding
    case "/api/v1/metadata": data = "{\"up\":[{\"type\":\"gauge\",\"help\":\"Help text\",\"unit\":\"\"}]}"
    case "/api/v1/alerts": data = "{\"alerts\":[{\"labels\":{\"x\":\"y\"},\"annotations\":{\"s\":\"annotated\"}}]}"
    case "/api/v1/rules": data = "{\"groups\":[]}"
    case "/api/v1/status/config": data = "{\"yaml\":\"global:\\n  external_labels:\\n    site: lab\\n\"}"
    default: return (404, "")
    }
    return (200, "{\"status\":\"success\",\"data\":\(data)}")
  }

  @Test func prometheusIsReadInAllItsParts() async throws {
    let collector = Collector()
    try await FakeServer.run(Self.prometheus) {
      let coverage = try await PrometheusSink.read(
        $0.url, name: "prometheus", range: range, client: .forTests(), into: collector)
      #expect(coverage.allSatisfy { $0.outcome == .judged })
      #expect(coverage.map(\.format).contains("config"))
    }
    #expect(collector.texts(.labelName) == ["__name__", "model", "__name__", "model", "x", "site"])
    #expect(collector.texts(.metricName) == ["up", "alpha"])
    #expect(collector.texts(.annotation) == ["annotated"])
    #expect(collector.texts(.help) == ["Help text"])
    // The configuration as a whole is no prose; its parts are read by themselves.
    #expect(collector.texts(.expression) == ["global:\n  external_labels:\n    site: lab\n"])
    // Values are judged once for each series that has them.
    let values = collector.specimens.filter { $0.slot == .labelValue && $0.name == "model" }
    #expect(values.map(\.string) == ["u", "u", "v", "w"])
    #expect(values.map(\.owner) == ["up", "alpha", "beta", "é"])
    #expect(collector.specimens.contains { $0.string == "lab" && $0.surface == .config })
  }

  @Test func tooManySeriesAreAskedForByTheirFirstCharacters() async throws {
    let collector = Collector()
    try await FakeServer.run(Self.prometheus) {
      let coverage = try await PrometheusSink.read(
        $0.url, name: "prometheus", range: range, client: .forTests(maximumBytes: 60_000), into: collector)
      #expect(coverage.first { $0.format == "series" }?.outcome == .judged)
      // No name that was read is asked for.
      #expect(!$0.requests.list.contains { $0.contains("alpha") || $0.contains("up") || $0.contains("model") })
    }
    #expect(Set(collector.specimens.filter { $0.name == "model" }.map(\.string)) == ["u", "u", "v", "w"])
  }

  @Test func alertmanagerIsReadWithSilences() async throws {
    let collector = Collector()
    let answer: FakeServer.Answer = { path, _ in
      switch path {
      case "/api/v2/alerts": (200, "[{\"labels\":{\"a\":\"b\"},\"annotations\":{\"s\":\"t\"},\"startsAt\":\"x\"}]")
      case "/api/v2/silences": (200, "[{\"comment\":\"why\",\"createdBy\":\"who\"}]")
      case "/api/v2/receivers": (200, "[{\"name\":\"r\"}]")
      case "/api/v2/status": (200, "{\"config\":{\"original\":\"route:\\n  receiver: r\\n\"}}")
      default: (500, "")
      }
    }
    try await FakeServer.run(answer) {
      let coverage = try await AlertmanagerSink.read($0.url, name: "am", client: .forTests(), into: collector)
      #expect(coverage.map(\.outcome) == [.judged, .judged, .judged, .judged])
    }
    #expect(collector.texts(.annotation) == ["t"])
    #expect(collector.specimens.contains { $0.string == "why" && $0.surface == .alert })
    #expect(collector.texts(.labelValue) == ["b"])
  }
}
