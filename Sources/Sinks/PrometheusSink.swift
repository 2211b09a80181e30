public import Foundation
import Syntax
public import Transport
public import Vocabulary

/// Reads what Prometheus has taken in, by its HTTP API: label names, series, metadata, alerts, rules, targets, exemplars and
/// its configuration.
///
/// No query holds anything that was read from it: series are asked for by `{__name__!=""}` and, where those are too many for
/// one answer, by the first characters of their names.
public enum PrometheusSink {
  /// - Parameters:
  ///   - name: logical name for the sink, never host:port.
  ///   - range: series that had samples in it.
  /// - Returns: a coverage for each part.
  /// - Throws: only what the receiver throws.
  nonisolated(nonsending) public static func read(
    _ url: URL, name: String, range: TimeRange, client: HTTPClient = HTTPClient(), into receiver: any BatchReceiver
  ) async throws(Fault) -> [Coverage] {
    var remote = RemoteSink(client: client, base: url, sink: Sink(.prometheus, name), receiver: receiver)
    let (start, end) = (TimeRange.seconds(range.start), TimeRange.seconds(range.end))
    try await remote.answer("label names", "/api/v1/labels", ["start": start, "end": end], strings: .labelName)
    try await remote.answer(
      "metric names", "/api/v1/label/__name__/values", ["start": start, "end": end], strings: .metricName)
    try await remote.series(start, end)
    try await remote.answer("metadata", "/api/v1/metadata", isOptional: true)
    try await remote.answer(
      "exemplars", "/api/v1/query_exemplars", ["query": allSeries, "start": start, "end": end], isOptional: true)
    try await remote.answer("targets", "/api/v1/targets", isOptional: true)
    try await remote.answer("alerts", "/api/v1/alerts", surface: .alert)
    try await remote.answer("rules", "/api/v1/rules", surface: .alert)
    try await remote.part("config", surface: .config, path: "/api/v1/status/config", isOptional: true) {
      bytes, writer, reading throws(Fault) in
      try EmbeddedConfig.read(bytes, ["data", "yaml"], &reading, into: writer)
    }
    return remote.coverage
  }

  static let allSeries = "{__name__!=\"\"}"
}

extension RemoteSink {
  /// An answer in the form `{"status": "success", "data": …}`.
  ///
  /// - Parameter strings: the slot of strings that stand in `data` itself.
  nonisolated(nonsending) mutating func answer(
    _ name: String, _ path: String, _ query: KeyValuePairs<String, String> = [:], surface: Surface = .label,
    strings: Slot = .scalar, isOptional: Bool = false
  ) async throws(Fault) {
    try await part(name, surface: surface, path: path, query, isOptional: isOptional) {
      bytes, writer, reading throws(Fault) in
      var state = JSONRecords.State()
      state.dataSlot = strings
      try Self.json(bytes, .prometheusAPI, &state, &reading, into: writer)
    }
  }

  /// Answers in a row that may be too large.
  private static let maximumRefusals = 6

  /// All label sets, by ever narrower beginnings of the metric name where the answer is too large.
  ///
  /// A system that answers whatever is asked with too much is given up after a few questions; a real one sooner or later
  /// has an answer that fits.
  nonisolated(nonsending) mutating func series(_ start: String, _ end: String) async throws(Fault) {
    guard !isUnreachable else { return }
    let first = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_:".map(String.init)
    let next = first + "0123456789".map(String.init)
    var selectors: [(prefix: String, text: String)] = [("", PrometheusSink.allSeries)]
    var reading = Reading(format: .prometheusAPI)
    let writer = RecordWriter(sink: sink, path: nil, part: "series", receiver: receiver)
    var state = JSONRecords.State()
    state.values = SeenTexts()
    var refusals = 0
    while let selector = selectors.popLast() {
      switch await ask("/api/v1/series", ["match[]": selector.text, "start": start, "end": end]) {
      case .body(let bytes):
        refusals = 0
        reading.bytes += bytes.count
        try Self.json(bytes, .prometheusAPI, &state, &reading, into: writer)
      case .tooLarge where selector.prefix.count < 3 && refusals < Self.maximumRefusals:
        refusals += 1
        let characters = selector.prefix.isEmpty ? first : next
        for character in characters {
          let prefix = selector.prefix + character
          selectors.append((prefix, "{__name__=~\"\(prefix).*\"}"))
        }
        // Names that are the prefix itself or go on otherwise (Prometheus 3 takes any character).
        let others =
          "{__name__=~\"\(selector.prefix)([^\(selector.prefix.isEmpty ? "a-zA-Z_:" : "a-zA-Z0-9_:")].*)?\",__name__!=\"\"}"
        selectors.append((selector.prefix + "???", others))
      case .tooLarge(_, let note):
        reading.fall(.incomplete, note)
        refusals += 1
        if refusals > Self.maximumRefusals { selectors = [] }
      case .absent: reading.fall(.incomplete, "/api/v1/series is not offered")
      case .rejected(let status): reading.fall(.incomplete, "/api/v1/series answered \(status)")
      case .failure(let outcome, let note):
        reading.fall(outcome, note)
        selectors = []
      }
    }
    try writer.flush()
    finish("series", .label, reading, records: writer.count)
  }
}
