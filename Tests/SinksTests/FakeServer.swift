import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// A server on loopback for the length of a test.
struct FakeServer: Sendable {
  typealias Answer = @Sendable (_ path: String, _ query: [String: String]) async -> (status: Int, body: String)

  let url: URL
  let requests: Requests

  /// Paths with queries that were asked for.
  final class Requests: Sendable {
    private let all = Mutex<[String]>([])
    var list: [String] { all.withLock { $0 } }
    func add(_ request: String) { all.withLock { $0.append(request) } }
  }

  static func run(_ answer: @escaping Answer, _ body: (FakeServer) async throws -> Void) async throws {
    let requests = Requests()
    let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0))
    await server.appendRoute("*") { request in
      let query = Dictionary(request.query.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
      requests.add(request.path + " " + request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&"))
      let (status, body) = await answer(request.path, query)
      return HTTPResponse(statusCode: HTTPStatusCode(status, phrase: ""), body: Data(body.utf8))
    }
    let task = Task { try await server.run() }
    defer { task.cancel() }
    try await server.waitUntilListening()
    guard case .ip4(_, let port)? = await server.listeningAddress else { throw POSIXError(.EADDRNOTAVAIL) }
    try await body(FakeServer(url: URL(string: "http://127.0.0.1:\(port)")!, requests: requests))
    await server.stop()
  }
}
