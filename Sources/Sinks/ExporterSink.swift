public import Foundation
import Syntax
public import Transport
public import Vocabulary

/// Reads an exporter's endpoint.
public enum ExporterSink {
  /// - Parameters:
  ///   - url: of the endpoint; `/metrics` is taken where it has no path.
  ///   - name: logical name for the sink, e.g. `vllm@gpu-node1`, never host:port.
  /// - Returns: one coverage: `unreachable` where nothing answered, `incomplete` where the answer is an error, cut off or too
  ///   large.
  /// - Throws: only what the receiver throws.
  nonisolated(nonsending) public static func read(
    _ url: URL, name: String, client: HTTPClient = HTTPClient(), into receiver: any BatchReceiver
  ) async throws(Fault) -> [Coverage] {
    let isBare = url.path(percentEncoded: false).isEmpty || url.path(percentEncoded: false) == "/"
    var remote = RemoteSink(
      client: client, base: isBare ? url.endpoint("/metrics") : url, sink: Sink(.exporter, name), receiver: receiver)
    // Exemplars come in OpenMetrics only, so that is asked for first, as Prometheus does.
    let accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
    try await remote.part("exposition", surface: .label, path: "", headers: ["Accept": accept]) {
      bytes, writer, reading throws(Fault) in
      reading.format = .exposition
      try DocumentReader(writer: writer, surface: .label).lines(ByteSource(head: bytes), &reading, counts: false)
    }
    return remote.coverage
  }
}
