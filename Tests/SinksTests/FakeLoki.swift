import Foundation

/// As much of Loki's query API as paging needs: entries in order of time, a limit, start included and end not.
struct FakeLoki: Sendable {
  struct Entry: Sendable {
    var stream: [String: String]
    var time: Int64
    var line: String
  }

  var entries: [Entry]
  /// `max_entries_limit_per_query`.
  var maximum = 5000

  func answer(_ path: String, _ query: [String: String]) -> (status: Int, body: String) {
    switch path {
    case "/loki/api/v1/series": return (200, success(Set(entries.map(\.stream)).sorted { "\($0)" < "\($1)" }))
    case "/loki/api/v1/query_range": return range(query)
    default: return (404, "")
    }
  }

  private func range(_ query: [String: String]) -> (status: Int, body: String) {
    guard let start = query["start"].flatMap({ Int64($0) }), let end = query["end"].flatMap({ Int64($0) }),
      let limit = query["limit"].flatMap({ Int($0) }), limit <= maximum, query["direction"] == "forward"
    else { return (400, "") }
    let page = entries.filter { matches($0, query["query"] ?? "") && $0.time >= start && $0.time < end }
      .sorted { $0.time < $1.time }.prefix(limit)
    let streams = Dictionary(grouping: page, by: \.stream).sorted { "\($0.key)" < "\($1.key)" }.map { stream, entries in
      ["stream": stream, "values": entries.map { ["\($0.time)", $0.line] }] as [String: Any]
    }
    return (200, success(["resultType": "streams", "result": streams]))
  }

  /// Matchers `a=~".+"` and `a=""` alone.
  private func matches(_ entry: Entry, _ selector: String) -> Bool {
    selector.dropFirst().dropLast().split(separator: ",").allSatisfy { matcher in
      let name = String(matcher.prefix { $0 != "=" })
      let isThere = entry.stream[name]?.isEmpty == false
      return matcher.hasSuffix("=~\".+\"") ? isThere : !isThere
    }
  }

  private func success(_ data: Any) -> String {
    let object = ["status": "success", "data": data]
    let bytes = (try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)) ?? Data()
    return String(decoding: bytes, as: UTF8.self)
  }
}
