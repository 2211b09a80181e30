import EngineSupport
import Engines
import Foundation
import Syntax
import Testing
import Transport
import Vocabulary

/// Held to a real Prometheus over a data set made here.
@Suite(.enabled(if: Program.isWanted(.prometheus, .promtool), "prometheus and promtool are not installed"))
struct LabelOracleEngineTests {
  /// Expressions that give a result; more by `SIGILO_LABEL_EXPRESSIONS`.
  static let wanted = ProcessInfo.processInfo.environment["SIGILO_LABEL_EXPRESSIONS"].flatMap(Int.init) ?? 1000

  @Test func resultsCarryWhatIsPredicted() async throws {
    let blocks = try await Blocks.make(ExpressionMaker.loaded)
    defer { blocks.remove() }
    let prometheus = try Engine.find(.prometheus)
    let version = try await prometheus.version().split(separator: ".").compactMap { Int($0) }
    try #require(version.count > 1)
    let rules = PromQLLabels.Rules(version: PromQLVersion(version[0], version[1]))
    let path = blocks.file("data")
    let service = Service.prometheus(prometheus, flags: ["--storage.tsdb.retention.time=100y"]) {
      (_, folder) throws(Fault) in
      do { try FileManager.default.copyItem(atPath: path, toPath: folder.file("data")) } catch {
        throw Fault(.incomplete, "the data set cannot be copied")
      }
      return Array("global: {scrape_interval: 1h}\n".utf8)
    }
    let wanted = Self.wanted
    let answers = try await service.run { (running) async throws(Fault) in
      var answers: [(expression: String, results: [Series])] = []
      var maker = ExpressionMaker(seed: 1)
      var tries = 0
      while answers.count < wanted, tries < 20 * wanted {
        tries += 1
        let expression = maker.expression()
        if let results = try await Query.answer(to: expression, overTime: tries % 3 == 0, of: running.url),
          !results.isEmpty
        {
          answers.append((expression, results))
        }
      }
      return answers
    }
    var counts = LabelOracle.Counts()
    for answer in answers {
      let labels = try PromQLExpression.parsed(answer.expression).labels(rules: rules)
      do {
        counts += try LabelOracle(labels, loaded: ExpressionMaker.loaded).check(answer.results)
      } catch {
        Issue.record("\(answer.expression): \(error)")
      }
    }
    #expect(counts.evaluations == wanted)
    #expect(Double(counts.exact) > 0.8 * Double(wanted), "\(counts)")
    #expect(Double(counts.vague) < 0.05 * Double(counts.values), "\(counts)")
  }
}

/// A block of samples on disk, as promtool makes it.
private enum Blocks {
  /// Of the last samples, in seconds.
  static let end = 1_700_000_000

  static func make(_ all: [Series]) async throws -> WorkFolder {
    let folder = try WorkFolder.create()
    var text = ""
    for series in all.sorted(by: { ($0["__name__"] ?? "") < ($1["__name__"] ?? "") }) {
      let pairs = series.filter { $0.key != "__name__" }.sorted { $0.key < $1.key }.map { "\($0)=\"\($1)\"" }
      for step in 0...20 {
        text += "\(series["__name__"] ?? ""){\(pairs.joined(separator: ","))} \(step + 1) \(end - 30 * (20 - step))\n"
      }
    }
    let file = try folder.write(Array((text + "# EOF\n").utf8), to: "series.txt")
    let arguments = ["tsdb", "create-blocks-from", "openmetrics", file, folder.file("data")]
    let result = try await Command(try Engine.find(.promtool), arguments).run()
    try #require(result.exit == 0, "promtool makes no block")
    return folder
  }
}

private enum Query {
  struct Response: Decodable {
    struct Element: Decodable { var metric: [String: String] }
    struct Result: Decodable { var result: [Element] }
    var data: Result
  }

  /// - Parameter overTime: for several steps, which the engine evaluates in other ways.
  /// - Returns: nil where the engine refuses, for instance since a match is not unique, and for a number.
  static func answer(to expression: String, overTime: Bool, of url: URL) async throws(Fault) -> [Series]? {
    let end = String(Blocks.end)
    let endpoint =
      overTime
      ? url.endpoint(
        "/api/v1/query_range",
        ["query": expression, "start": String(Blocks.end - 180), "end": end, "step": "60"])
      : url.endpoint("/api/v1/query", ["query": expression, "time": end])
    let response = try await HTTPClient(loopbackOnly: true).get(endpoint)
    guard response.status == 200 else { return nil }
    return (try? JSONDecoder().decode(Response.self, from: Data(response.body)))?.data.result.map(\.metric)
  }
}
