import Foundation
import Synchronization

/// A server on loopback that says exactly these bytes, so that it can be as broken as servers are.
final class RawServer: Sendable {
  enum Reply: Sendable {
    case bytes(String)
    /// The bytes, then nothing more while the connection stays open.
    case hang(String)
    /// The head, then a body without end.
    case endless(String)
  }

  let port: UInt16
  private let listener: Int32
  private let heads = Mutex<[String]>([])
  private let replies: @Sendable (Int) -> Reply

  /// - Parameter replies: the reply to the nth connection, from 0.
  init(_ replies: @escaping @Sendable (Int) -> Reply) throws {
    self.replies = replies
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> UInt16? in
        guard bind(listener, pointer, length) == 0, listen(listener, 16) == 0,
          getsockname(listener, pointer, &length) == 0
        else { return nil }
        return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { UInt16(bigEndian: $0.pointee.sin_port) }
      }
    }
    guard let bound else { throw POSIXError(.EADDRINUSE) }
    port = bound
    Thread.detachNewThread { [self] in accept() }
  }

  deinit { close(listener) }

  /// Heads of the requests so far.
  var requests: [String] { heads.withLock { $0 } }

  func url(_ path: String) -> URL { URL(string: "http://127.0.0.1:\(port)\(path)")! }

  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func accept() {
    var count = 0
    while true {
      let connection = Glibc.accept(listener, nil, nil)
      guard connection >= 0 else { return }
      let reply = replies(count)
      count += 1
      Thread.detachNewThread { [self] in serve(connection, reply) }
    }
  }

  private func serve(_ connection: Int32, _ reply: Reply) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(connection, &buffer, buffer.count)
    heads.withLock { $0.append(String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)) }
    func say(_ bytes: [UInt8]) -> Bool { send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0 }
    switch reply {
    case .bytes(let text): _ = say(Array(text.utf8))
    case .hang(let text):
      _ = say(Array(text.utf8))
      // Until the other side gives up.
      _ = read(connection, &buffer, 1)
    case .endless(let text):
      _ = say(Array(text.utf8))
      while say(buffer) {}
    }
    close(connection)
  }
}
