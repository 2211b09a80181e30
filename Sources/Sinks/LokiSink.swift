public import Foundation
import Syntax
public import Transport
public import Vocabulary

/// Reads a Loki tenant over HTTP: stream labels, every entry of a span of time with its structured metadata, and the ruler's
/// rules and alerts.
///
/// No query holds anything that was read from it: streams are selected by well-known label names only, or by the user's
/// own selector. Loki logs every query it gets.
public enum LokiSink {
  /// Label names that shippers and Loki itself set (Promtail's and Alloy's scrape configurations, Loki's discovered
  /// `service_name`), in the order in which streams are asked for by them.
  static let knownLabels = [
    "job", "service_name", "app", "application", "service", "container", "namespace", "filename", "host", "hostname",
    "node", "instance", "node_name", "level", "unit", "env", "environment", "cluster",
  ]

  /// - Parameters:
  ///   - name: logical name for the sink, never host:port.
  ///   - tenant: for `X-Scope-OrgID`.
  ///   - selector: in place of all streams, e.g. `{job="vllm"}`.
  ///   - range: entries in it; the default of the command line is the last hour.
  /// - Returns: a coverage for each part.
  /// - Throws: only what the receiver throws.
  nonisolated(nonsending) public static func read(
    _ url: URL, name: String, range: TimeRange, selector: String? = nil, tenant: String? = nil,
    client: HTTPClient = HTTPClient(), into receiver: any BatchReceiver
  ) async throws(Fault) -> [Coverage] {
    var remote = RemoteSink(client: client, base: url, sink: Sink(.loki, name), receiver: receiver)
    let headers = tenant.map { ["X-Scope-OrgID": $0] } ?? [:]
    let selectors = try await remote.streams(range, selector, headers)
    for selector in selectors { try await remote.entries(selector, range, headers) }
    for part in ["rules", "alerts"] {
      try await remote.part(
        "ruler \(part)", surface: .alert, path: "/prometheus/api/v1/\(part)", headers: headers, isOptional: true
      ) { bytes, writer, reading throws(Fault) in
        var state = JSONRecords.State()
        try RemoteSink.json(bytes, .prometheusAPI, &state, &reading, into: writer)
      }
    }
    return remote.coverage
  }
}

extension RemoteSink {
  /// Reads the label sets of all streams and says with which selectors every stream is reached exactly once.
  fileprivate nonisolated(nonsending) mutating func streams(
    _ range: TimeRange, _ selector: String?, _ headers: [String: String]
  ) async throws(Fault) -> [String] {
    var census: StreamCensus?
    // Loki takes `{}` here for all streams, unlike in queries (pkg/loghttp/series.go); filters behind the selector it
    // does not take.
    let match = selector.map { $0.prefix { $0 != "}" } + "}" } ?? "{}"
    let query: KeyValuePairs = ["match[]": match, "start": "\(range.start)", "end": "\(range.end)"]
    try await part("streams", surface: .log, path: "/loki/api/v1/series", query, headers: headers) {
      bytes, writer, reading throws(Fault) in
      census = StreamCensus(bytes)
      var state = JSONRecords.State()
      state.values = SeenTexts()
      state.surface = .log
      try Self.json(bytes, .prometheusAPI, &state, &reading, into: writer)
      guard selector == nil else { return }
      if let strangers = census?.unreachable, strangers > 0 {
        reading.fall(.incomplete, "\(strangers) streams bear no well-known label: name them with a selector")
      } else if census == nil {
        reading.fall(.incomplete, "the streams could not be listed: only those with a label `job` are read")
      }
    }
    if isUnreachable { return [] }
    if let selector { return [selector] }
    return census?.selectors ?? ["{job=~\".+\"}"]
  }

  /// Reads every entry that a selector reaches, page by page, oldest first.
  ///
  /// Of a full page only what is older than its newest entry is taken, and the next page begins there: entries of one
  /// nanosecond are never split between pages, and each is read once.
  fileprivate nonisolated(nonsending) mutating func entries(
    _ selector: String, _ range: TimeRange, _ headers: [String: String]
  ) async throws(Fault) {
    guard !isUnreachable else { return }
    var headers = headers
    headers["X-Loki-Response-Encoding-Flags"] = "categorize-labels"
    var limits = [5000, 1000, 100]
    var reading = Reading(format: .lokiQuery)
    let writer = RecordWriter(sink: sink, path: nil, part: "entries", receiver: receiver)
    var state = JSONRecords.State()
    var start = range.start
    paging: while start < range.end {
      let answer = await ask(
        "/loki/api/v1/query_range",
        [
          "query": selector, "start": "\(start)", "end": "\(range.end)", "limit": "\(limits[0])",
          "direction": "forward",
        ], headers: headers)
      switch answer {
      case .body(let bytes):
        reading.bytes += bytes.count
        guard let page = LokiPage(bytes) else {
          try Self.json(bytes, .lokiQuery, &state, &reading, into: writer)
          reading.fall(.incomplete, "the answer holds no log entries")
          break paging
        }
        guard page.count >= limits[0], let newest = page.newest else {
          state.entriesBefore = .max
          try Self.json(bytes, .lokiQuery, &state, &reading, into: writer)
          break paging
        }
        guard newest >= start, newest < range.end else {
          reading.fall(.incomplete, "entries outside the time that was asked for")
          break paging
        }
        let isOneInstant = page.oldest == newest
        state.entriesBefore = isOneInstant ? .max : newest
        try Self.json(bytes, .lokiQuery, &state, &reading, into: writer)
        if isOneInstant {
          reading.fall(.incomplete, "one nanosecond holds \(page.count) entries or more: the rest of it was not read")
        }
        start = isOneInstant ? newest + 1 : newest
      // The server's own limit may be lower (`max_entries_limit_per_query`); too large a page may fit with fewer entries.
      case .rejected(400) where limits.count > 1, .tooLarge where limits.count > 1:
        limits.removeFirst()
      case .rejected(let status):
        reading.fall(.incomplete, "/loki/api/v1/query_range answered \(status)")
        break paging
      case .tooLarge(let bytes, let note):
        reading.fall(.incomplete, note)
        try Self.json(bytes, .lokiQuery, &state, &reading, into: writer)
        break paging
      case .absent:
        reading.fall(.incomplete, "/loki/api/v1/query_range is not offered")
        break paging
      case .failure(let outcome, let note):
        reading.fall(outcome, note)
        break paging
      }
    }
    try writer.flush()
    finish("entries", .log, reading, records: writer.count)
  }
}
