import FlyingFox
import FlyingSocks
import Vocabulary

/// One HTTP server on 127.0.0.1 that can be stopped and come back at the same port.
struct LoopbackServer: Sendable {
  typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse

  let port: UInt16
  private let server: HTTPServer
  private let running: Task<Void, Never>

  private static let attempts = 20
  private static let pause = Duration.milliseconds(50)
  /// Seconds for a busy machine to get round to listening.
  private static let patience = 60.0

  /// Binds and waits until it listens.
  ///
  /// - Parameter port: 0 for any free one; else that one, tried for a second, as its last user may still be closing it.
  /// - Throws: `incomplete` where no port can be had.
  static func start(port: UInt16 = 0, _ handler: @escaping Handler) async throws(Fault) -> LoopbackServer {
    for attempt in 1...attempts {
      do {
        return try await LoopbackServer(port: port, handler)
      } catch {
        if Task.isCancelled || port == 0 || attempt == attempts { break }
        try? await Task.sleep(for: pause)
      }
    }
    throw Fault(
      .incomplete, port == 0 ? "no port on 127.0.0.1 can be opened" : "port \(port) on 127.0.0.1 is taken",
      remedy: "stop what holds it, or raise the limit of open files")
  }

  private init(port: UInt16, _ handler: @escaping Handler) async throws {
    let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled)
    await server.appendRoute("*") { request in await handler(request) }
    let listening = Task { try await server.waitUntilListening(timeout: Self.patience) }
    running = Task {
      try? await server.run()
      // It ends early where the port is taken; then nobody need wait for it to listen.
      listening.cancel()
    }
    self.server = server
    do {
      try await withTaskCancellationHandler {
        try await listening.value
      } onCancel: {
        listening.cancel()
      }
      guard case .ip4(_, let bound)? = await server.listeningAddress else { throw SocketError.unsupportedAddress }
      self.port = bound
    } catch {
      await server.stop()
      running.cancel()
      throw error
    }
  }

  /// Closes the port and waits until it is closed.
  func stop() async {
    await server.stop()
    running.cancel()
    await running.value
  }
}
