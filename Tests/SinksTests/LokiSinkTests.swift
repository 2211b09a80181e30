import Testing
import Vocabulary

@testable import Sinks

@Suite(.timeLimit(.minutes(10))) struct LokiSinkTests {
  private let range = TimeRange(start: 1000, end: 2000)

  /// Entries in bunches of equal time, over two streams, so that page limits fall inside bunches.
  private func entries(_ count: Int, bunch: Int) -> [FakeLoki.Entry] {
    (0..<count).map { index in
      let stream = index % 3 == 0 ? ["job": "a"] : ["service_name": "b", "model": "m"]
      return FakeLoki.Entry(stream: stream, time: 1000 + Int64(index / bunch), line: "line \(index)")
    }
  }

  private func read(
    _ loki: FakeLoki, selector: String? = nil, maximumBytes: Int = 1 << 20
  ) async throws -> (Collector, [Coverage], [String]) {
    let collector = Collector()
    var coverage: [Coverage] = []
    var requests: [String] = []
    let answer: FakeServer.Answer = { loki.answer($0, $1) }
    try await FakeServer.run(answer) { server in
      coverage = try await LokiSink.read(
        server.url, name: "loki", range: range, selector: selector, client: .forTests(maximumBytes: maximumBytes),
        into: collector)
      requests = server.requests.list
    }
    return (collector, coverage, requests)
  }

  @Test(arguments: [1, 7, 90, 99])
  func everyEntryIsReadOnceAcrossPages(bunch: Int) async throws {
    let loki = FakeLoki(entries: entries(650, bunch: bunch), maximum: 100)
    let (collector, coverage, _) = try await read(loki)
    #expect(collector.texts(.line).sorted() == loki.entries.map(\.line).sorted())
    #expect(coverage.allSatisfy { $0.outcome == .judged })
    // Ordinals tell apart entries of equal time in one stream.
    let places = collector.specimens.filter { $0.slot == .line }.map { "\($0.owner ?? "") \($0.time) \($0.ordinal)" }
    #expect(Set(places).count == 650)
  }

  @Test func aFullNanosecondIsIncompleteAndNotTheEnd() async throws {
    let (collector, coverage, _) = try await read(FakeLoki(entries: entries(700, bunch: 300), maximum: 100))
    #expect(coverage.contains { $0.outcome == .incomplete })
    let read = Set(collector.texts(.line))
    #expect(read.count == collector.texts(.line).count)
    #expect(collector.specimens.contains { $0.time == 1002 })
  }

  @Test func streamsAreReachedWithoutAskingForWhatWasRead() async throws {
    var loki = FakeLoki(entries: entries(10, bunch: 1))
    loki.entries.append(.init(stream: ["strange": "x"], time: 1500, line: "unreached"))
    let (collector, coverage, requests) = try await read(loki)
    #expect(collector.texts(.line).count == 10)
    #expect(coverage.first?.outcome == .incomplete)
    #expect(Set(collector.texts(.labelValue)) == ["a", "b", "m", "x"])
    #expect(collector.specimens.allSatisfy { $0.surface == .log })
    #expect(!requests.contains { $0.contains("strange") || $0.contains("model") })
    let queries = requests.compactMap { $0.split(separator: "query=").dropFirst().first?.split(separator: "&").first }
    #expect(queries == ["{job=~\".+\"}", "{service_name=~\".+\",job=\"\"}"])
  }

  @Test func theUsersSelectorIsTakenAsItIs() async throws {
    let (collector, _, requests) = try await read(FakeLoki(entries: entries(9, bunch: 2)), selector: "{job=~\".+\"}")
    #expect(collector.texts(.line).count == 3)
    #expect(requests.first?.contains("match[]={job=~\".+\"}") == true)
  }

  @Test func pagesTooLargeAreAskedForInSmallerOnes() async throws {
    var loki = FakeLoki(entries: entries(300, bunch: 1))
    for index in loki.entries.indices { loki.entries[index].line += String(repeating: "x", count: 1000) }
    let (collector, coverage, _) = try await read(loki, maximumBytes: 200_000)
    #expect(collector.texts(.line).count == 300)
    #expect(coverage.allSatisfy { $0.outcome == .judged })
  }

  @Test func errorsAreTold() async throws {
    let collector = Collector()
    let answer: FakeServer.Answer = { path, _ in
      path.hasSuffix("series") ? (200, "{\"data\":[{\"job\":\"a\"}]}") : (500, "secret")
    }
    try await FakeServer.run(answer) {
      let coverage = try await LokiSink.read($0.url, name: "loki", range: range, client: .forTests(), into: collector)
      #expect(coverage.map(\.outcome).contains(.incomplete))
      #expect(!"\(coverage)".contains("secret"))
    }
  }
}
