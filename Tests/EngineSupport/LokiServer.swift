import Engines
import Foundation
package import Syntax
package import Transport

/// A real Loki on a port of its own, with nothing in it.
package final class LokiServer: Sendable {
  package static let isWanted =
    (ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? "").split(separator: ",").contains("loki")
    || (try? Engine.find(.loki)) != nil

  struct Failed: Error {}

  private let process: Process
  private let folder: URL
  private let port: Int
  private let client = HTTPClient(limits: HTTPLimits(deadline: .seconds(10), retries: 0), loopbackOnly: true)

  package init() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sigilo-loki-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard let port = LoopbackPort.free(), let grpc = LoopbackPort.free() else { throw Failed() }
    self.port = port
    let config = """
      auth_enabled: false
      analytics: {reporting_enabled: false}
      server: {http_listen_address: 127.0.0.1, http_listen_port: \(port), grpc_listen_address: 127.0.0.1, grpc_listen_port: \(grpc), log_level: error}
      common:
        instance_addr: 127.0.0.1
        path_prefix: \(folder.path)
        storage: {filesystem: {chunks_directory: \(folder.path)/chunks, rules_directory: \(folder.path)/rules}}
        replication_factor: 1
        ring: {kvstore: {store: inmemory}}
      schema_config:
        configs: [{from: 2020-10-24, store: tsdb, object_store: filesystem, schema: v13, index: {prefix: index_, period: 24h}}]
      limits_config: {allow_structured_metadata: true, reject_old_samples: false}
      """
    try Data(config.utf8).write(to: folder.appending(path: "loki.yaml"))
    process = Process()
    process.executableURL = URL(filePath: try Engine.find(.loki).path)
    process.arguments = ["-config.file=\(folder.path)/loki.yaml"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<200 {
      if let answer = try? await get("format_query", ["query": "vector(1)"]), answer.status == 200 { return }
      guard process.isRunning else { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    stop()
    throw Failed()
  }

  package func stop() {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  package func get(_ path: String, _ parameters: KeyValuePairs<String, String>) async throws -> HTTPResponse {
    let url = URL(string: "http://127.0.0.1:\(port)")!.endpoint("/loki/api/v1/\(path)", parameters)
    return try await client.get(url)
  }

  package func push(_ body: [UInt8]) async throws -> HTTPResponse {
    let url = URL(string: "http://127.0.0.1:\(port)/loki/api/v1/push")!
    return try await client.post(url, headers: ["Content-Type": "application/json"], body: body)
  }

  /// What it says of its version: `3.6`.
  package func version() async throws -> LogQLVersion {
    struct Build: Decodable { var version: String }
    let build = try JSONDecoder().decode(Build.self, from: Data(try await get("status/buildinfo", [:]).body))
    let numbers = build.version.split(whereSeparator: { !$0.isNumber }).prefix(2).compactMap { Int($0) }
    switch (numbers.first ?? 3, numbers.last ?? 6) {
    case (...2, _): return .loki29
    case (3, ..<3): return .loki30
    case (3, ..<5): return .loki33
    case (3, ..<8): return .loki35
    default: return .loki38
    }
  }
}
