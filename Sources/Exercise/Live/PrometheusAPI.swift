import Foundation
import Transport
import Vocabulary

/// The few questions that a live run asks its own Prometheus.
struct PrometheusAPI: Sendable {
  var base: URL
  private let client = HTTPClient(
    limits: HTTPLimits(deadline: .seconds(10), maximumBytes: 16 << 20, retries: 1), loopbackOnly: true)

  init(_ base: URL) { self.base = base }

  struct Alert: Decodable {
    var labels: [String: String]
    /// `pending` or `firing`; inactive alerts are not listed.
    var state: String
  }

  func alerts() async throws(Fault) -> [Alert] {
    struct List: Decodable { var alerts: [Alert] }
    return try await get("alerts", as: List.self).alerts
  }

  struct Targets: Decodable {
    struct Active: Decodable {
      /// `up`, `down` or `unknown`.
      var health: String
    }
    struct Dropped: Decodable {}

    var activeTargets: [Active]
    /// By relabelling.
    var droppedTargets: [Dropped]
  }

  func targets() async throws(Fault) -> Targets { try await get("targets", as: Targets.self) }

  /// Series in memory.
  func seriesCount() async throws(Fault) -> Int {
    struct Status: Decodable {
      struct Head: Decodable { var numSeries: Int }
      var headStats: Head
    }
    return try await get("status/tsdb", as: Status.self).headStats.numSeries
  }

  /// How many series of a range query have at least one value that is a number; nil where Prometheus refuses the query.
  func seriesWithData(_ query: String, from start: Double, to end: Double, step: Double) async throws(Fault) -> Int? {
    struct Range: Decodable {
      struct Series: Decodable { var values: [Value] }
      struct Value: Decodable {
        var isNumber: Bool
        init(from decoder: any Decoder) throws {
          var list = try decoder.unkeyedContainer()
          _ = try list.decode(Double.self)
          isNumber = try list.decode(String.self) != "NaN"
        }
      }
      var result: [Series]
    }
    let parameters = [("query", query), ("start", "\(start)"), ("end", "\(end)"), ("step", "\(step)")]
    let response = try await client.get(url("query_range", parameters))
    guard response.status == 200 else { return nil }
    return try Self.decode(Range.self, response.body).result.count { $0.values.contains(where: \.isNumber) }
  }

  private func get<Value: Decodable>(
    _ path: String, _ parameters: [(String, String)] = [], as type: Value.Type
  ) async throws(Fault) -> Value {
    try Self.decode(type, try await client.get(url(path, parameters)).body)
  }

  private func url(_ path: String, _ parameters: [(String, String)]) -> URL {
    var parts = URLComponents()
    parts.scheme = base.scheme
    parts.host = base.host()
    parts.port = base.port
    parts.path = "/api/v1/\(path)"
    // Go takes a plus sign for a space, and URLComponents leaves it as it is.
    parts.percentEncodedQuery =
      parameters.isEmpty
      ? nil
      : parameters.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
        .joined(separator: "&")
    guard let url = parts.url else { preconditionFailure("scheme, host, port and an encoded query make a URL") }
    return url
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws(Fault) -> Value {
    do {
      return try JSONDecoder().decode(Envelope<Value>.self, from: Data(body)).data
    } catch {
      throw Fault(.incomplete, "Prometheus's answer is not what its API documents")
    }
  }
}

/// What every answer of the API is wrapped in.
private struct Envelope<Content: Decodable>: Decodable { var data: Content }
