import FlyingFox
import FlyingSocks
import Foundation

/// A system that misbehaves, on a free loopback port for as long as a piece of work lasts.
enum FakeSystem {
  enum Manner: String, CaseIterable, Sendable {
    /// Answers 500.
    case fails
    /// Takes the request and never answers.
    case hangs
    /// Sends 100 MB.
    case floods
  }

  static func run<Value: Sendable>(
    _ manner: Manner, _ work: @Sendable @escaping (URL) async throws -> Value
  ) async throws -> Value {
    let folder = try TemporaryFolder()
    // 100 MB of empty lines would do for no parser; a sparse file costs no disk.
    let flood = URL(fileURLWithPath: folder.path("flood"))
    try Data().write(to: flood)
    let file = try FileHandle(forWritingTo: flood)
    try file.truncate(atOffset: 100 << 20)
    try file.close()
    return try await serve(
      { _ in
        switch manner {
        case .fails: return HTTPResponse(statusCode: .internalServerError)
        case .hangs:
          try await Task.sleep(for: .seconds(600))
          return HTTPResponse(statusCode: .ok)
        case .floods:
          return HTTPResponse(statusCode: .ok, body: try HTTPBodySequence(file: flood, suggestedBufferSize: 1 << 16))
        }
      }, work)
  }

  static func serve<Value: Sendable>(
    _ handler: @Sendable @escaping (HTTPRequest) async throws -> HTTPResponse,
    _ work: @Sendable @escaping (URL) async throws -> Value
  ) async throws -> Value {
    let server = HTTPServer(
      address: try .inet(ip4: "127.0.0.1", port: 0), timeout: 900, handler: ClosureHTTPHandler(handler))
    let running = Task { try await server.run() }
    defer { running.cancel() }
    try await server.waitUntilListening()
    let address = await server.listeningAddress
    guard case .ip4(_, let port) = address, let url = URL(string: "http://127.0.0.1:\(port)") else {
      throw CocoaError(.featureUnsupported)
    }
    return try await work(url)
  }
}
