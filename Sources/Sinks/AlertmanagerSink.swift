public import Foundation
import Syntax
public import Transport
public import Vocabulary

/// Reads Alertmanager's API v2: alerts, silences (their comments are free text), receivers and the configuration.
public enum AlertmanagerSink {
  /// - Parameter name: logical name for the sink, never host:port.
  /// - Returns: a coverage for each part.
  /// - Throws: only what the receiver throws.
  nonisolated(nonsending) public static func read(
    _ url: URL, name: String, client: HTTPClient = HTTPClient(), into receiver: any BatchReceiver
  ) async throws(Fault) -> [Coverage] {
    var remote = RemoteSink(client: client, base: url, sink: Sink(.alertmanager, name), receiver: receiver)
    for (part, path) in [("alerts", "alerts"), ("silences", "silences"), ("receivers", "receivers")] {
      try await remote.part(part, surface: .alert, path: "/api/v2/\(path)") { bytes, writer, reading throws(Fault) in
        var state = JSONRecords.State()
        try RemoteSink.json(bytes, .alertmanagerAlerts, &state, &reading, into: writer)
      }
    }
    try await remote.part("config", surface: .config, path: "/api/v2/status") { bytes, writer, reading throws(Fault) in
      try EmbeddedConfig.read(bytes, ["config", "original"], &reading, into: writer)
    }
    return remote.coverage
  }
}

/// Configuration that an API hands out as YAML inside JSON.
enum EmbeddedConfig {
  static func read(
    _ bytes: [UInt8], _ keys: [String], _ reading: inout Reading, into writer: RecordWriter
  ) throws(Fault) {
    var state = JSONRecords.State()
    state.configurationKey = keys.last
    try RemoteSink.json(bytes, .json, &state, &reading, into: writer)
    guard let root = try? JSONDocument.parse(bytes),
      let text = keys.reduce(Optional(root), { $0?[$1] })?.string
    else { return reading.fall(.incomplete, "the answer holds no configuration") }
    var inner = Reading(format: .yaml)
    try DocumentReader(writer: writer, surface: .config).read(Array(text.utf8), &inner)
    for note in inner.notes { reading.fall(inner.outcome, note) }
  }
}
