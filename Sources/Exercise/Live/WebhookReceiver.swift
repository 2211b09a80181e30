import FlyingFox
import FlyingSocks
import Foundation
import Vocabulary

/// The loopback webhook that stands for every receiver; keeps what it is sent, within limits.
actor WebhookReceiver {
  private(set) var notifications: [Notification] = []
  /// Bodies that were too large, or more than are kept.
  private(set) var dropped = 0

  private static let largestBody = 1 << 20
  private static let mostNotifications = 1000

  /// Serves on a free port of 127.0.0.1 for as long as the work lasts.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable (WebhookReceiver, URL) async throws(Fault) -> Value
  ) async throws(Fault) -> Value {
    let receiver = WebhookReceiver()
    let server: HTTPServer
    do {
      server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
    } catch {
      throw unopened
    }
    await server.appendRoute("POST /receiver/*") { request in await receiver.receive(request) }
    let serving = Task { try? await server.run() }
    let result: Result<Value, Fault>
    do throws(Fault) {
      let url = try await address(of: server)
      result = .success(try await work(receiver, url))
    } catch {
      result = .failure(error)
    }
    await server.stop()
    serving.cancel()
    await serving.value
    return try result.get()
  }

  private static func address(of server: HTTPServer) async throws(Fault) -> URL {
    do { try await server.waitUntilListening(timeout: 10) } catch { throw unopened }
    let address = await server.listeningAddress
    guard case .ip4(_, let port)? = address,
      let url = URL(string: "http://127.0.0.1:\(port)/receiver")
    else { throw unopened }
    return url
  }

  private func receive(_ request: HTTPRequest) async -> HTTPResponse {
    let receiver = request.path.split(separator: "/").last.flatMap { Int($0) } ?? -1
    var body: [UInt8] = []
    do {
      for try await chunk in request.bodySequence {
        guard body.count + chunk.count <= Self.largestBody else {
          dropped += 1
          return HTTPResponse(statusCode: .payloadTooLarge)
        }
        body.append(contentsOf: chunk)
      }
    } catch {
      return HTTPResponse(statusCode: .badRequest)
    }
    if notifications.count < Self.mostNotifications {
      notifications.append(Notification(receiver: receiver, body: body))
    } else {
      dropped += 1
    }
    return HTTPResponse(statusCode: .ok)
  }

  private static var unopened: Fault {
    Fault(
      .incomplete, "no port on 127.0.0.1 can be opened for the webhook",
      remedy: "see what holds the local ports (ss -ltn)")
  }
}
