import Foundation
import Testing
import Transport
import Vocabulary

@Suite(.timeLimit(.minutes(10))) struct HTTPClientTests {
  private let secret = "segredo"

  private func client(
    deadline: Duration = .seconds(300), retries: Int = 0, maximumBytes: Int = 1 << 20, loopbackOnly: Bool = false
  ) -> HTTPClient {
    HTTPClient(
      limits: HTTPLimits(deadline: deadline, maximumBytes: maximumBytes, retries: retries),
      loopbackOnly: loopbackOnly)
  }

  private func fault(
    _ server: RawServer, deadline: Duration = .seconds(300), retries: Int = 0, maximumBytes: Int = 1 << 20
  ) async throws -> Fault {
    let client = client(deadline: deadline, retries: retries, maximumBytes: maximumBytes)
    let fault = try await #require(throws: Fault.self) {
      try await client.get(server.url("/path?q=\(secret)"))
    }
    server.stop()
    #expect(!fault.description.contains(secret))
    return fault
  }

  @Test func wholeAnswersComeBackWithTheirStatus() async throws {
    let server = try RawServer { _ in
      .bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nContent-Type: a/b\r\n\r\nno")
    }
    let response = try await client().get(server.url("/x"), headers: ["Accept": "c/d"])
    #expect(response.status == 404)
    #expect(response.body == Array("no".utf8))
    #expect(response.contentType == "a/b")
    #expect(server.requests[0].contains("Accept: c/d"))
    server.stop()
  }

  @Test func serverErrorsAreIncompleteAndRetriedForGetOnly() async throws {
    let answer = "HTTP/1.1 503 x\r\nContent-Length: 7\r\n\r\n\(secret)"
    let server = try RawServer { _ in .bytes(answer) }
    let refusal = try await fault(server, retries: 2)
    #expect(refusal.status == .incomplete)
    #expect(refusal.problem.contains("503"))
    #expect(server.requests.count == 3)
    let posted = try RawServer { _ in .bytes(answer) }
    let client = client(retries: 2)
    await #expect(throws: Fault.self) { try await client.post(posted.url("/"), body: [1]) }
    #expect(posted.requests.count == 1)
    posted.stop()
  }

  @Test func recoversAfterAnError() async throws {
    let server = try RawServer { count in
      .bytes(
        count == 0 ? "HTTP/1.1 500 x\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
    }
    #expect(try await client(retries: 1).get(server.url("/")).body == [0x31])
    server.stop()
  }

  @Test func silenceIsUnreachable() async throws {
    let silent = try RawServer { _ in .hang("") }
    #expect(try await fault(silent, deadline: .seconds(1)).status == .unreachable)
  }

  @Test func halfAnAnswerIsIncomplete() async throws {
    let stalled = try RawServer { _ in .hang("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\(secret)") }
    #expect(try await fault(stalled, deadline: .seconds(5)).status == .incomplete)
    let cut = try RawServer { _ in .bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\(secret)") }
    #expect(try await fault(cut).status == .incomplete)
  }

  @Test func endlessBodiesEndAtTheLimit() async throws {
    let server = try RawServer { _ in .endless("HTTP/1.1 200 OK\r\n\r\n") }
    let large = try await fault(server, maximumBytes: 300_000)
    #expect(large.status == .incomplete)
    #expect(large.problem.contains("300000"))
    let again = try RawServer { _ in .endless("HTTP/1.1 200 OK\r\n\r\n") }
    let part = try await client(maximumBytes: 300_000).get(again.url("/"), takesTruncated: true)
    #expect(part.isTruncated)
    #expect(part.body.count == 300_000)
    again.stop()
  }

  @Test func refusedConnectionsAreUnreachable() async throws {
    let server = try RawServer { _ in .bytes("") }
    server.stop()
    try await Task.sleep(for: .milliseconds(50))
    #expect(try await fault(server, retries: 1).status == .unreachable)
  }

  @Test func redirectsElsewhereAreNotFollowed() async throws {
    let other = try RawServer { _ in .bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1") }
    let target = other.url("/\(secret)").absoluteString
    let server = try RawServer { _ in
      .bytes("HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n")
    }
    #expect(try await fault(server).status == .incomplete)
    #expect(other.requests.isEmpty)
    other.stop()
    let home = try RawServer { count in
      count == 0
        ? .bytes("HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        : .bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
    }
    #expect(try await client().get(home.url("/")).body == [0x31])
    home.stop()
  }

  @Test(arguments: [
    "http://192.0.2.1/", "http://example.com/", "http://127.0.0.1.example.com/", "http://[2001:db8::1]/",
  ])
  func loopbackOnlyRefusesTheRest(address: String) async throws {
    let client = client(loopbackOnly: true)
    let fault = try await #require(throws: Fault.self) { try await client.get(URL(string: address)!) }
    #expect(fault.status == .internal)
  }

  @Test(arguments: ["http://localhost:1/", "http://127.9.9.9/", "http://[::1]:80/"])
  func loopbackIsKnown(address: String) {
    #expect(Loopback.contains(URL(string: address)!))
  }

  @Test func otherSchemesAreUsageErrors() async throws {
    let client = client()
    let fault = try await #require(throws: Fault.self) { try await client.get(URL(string: "file:///etc/passwd")!) }
    #expect(fault.status == .usage)
  }

  @Test func cancellingTheTaskCancelsTheRequest() async throws {
    let server = try RawServer { _ in .hang("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n") }
    let client = HTTPClient(limits: HTTPLimits(deadline: .seconds(3600), retries: 5))
    let url = server.url("/")
    let task = Task { try await client.get(url) }
    while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    await #expect(throws: Fault.self) { try await task.value }
    server.stop()
  }

  /// Ends and cancellations meet at every moment of an exchange, as they do where a program is waited for.
  @Test func aRequestMayBeCancelledInAnyMoment() async throws {
    let server = try RawServer { _ in .bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1") }
    let client = HTTPClient(limits: HTTPLimits(deadline: .seconds(300), retries: 0))
    let url = server.url("/")
    let began = ContinuousClock.now
    _ = try await client.get(url)
    let usual = ContinuousClock.now - began
    for isThere in [true, false] {
      if !isThere { server.stop() }
      for step in 0..<400 {
        let task = Task { try await client.get(url) }
        try await Task.sleep(for: usual * (Double(step) / 250))
        task.cancel()
        if case .failure(let error) = await task.result { #expect(error is Fault) }
      }
    }
  }

  @Test func proxiesAreNotAskedForLoopback() async throws {
    let proxy = try RawServer { _ in .bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy") }
    let server = try RawServer { _ in .bytes("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nserver") }
    setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
    defer { unsetenv("http_proxy") }
    #expect(try await client().get(server.url("/")).body == Array("server".utf8))
    #expect(proxy.requests.isEmpty)
    proxy.stop()
    server.stop()
  }

  @Test func queriesAreEncodedForGo() {
    let url = URL(string: "http://h:1/prefix/")!.endpoint("/api", ["q": "{a=~\".+\"}&é", "n": "1 2"])
    #expect(url.absoluteString == "http://h:1/prefix/api?q=%7Ba%3D~%22.%2B%22%7D%26%C3%A9&n=1%202")
    #expect(URL(string: "http://u:p@h:1/a?b=c#d")!.withoutSecrets == "http://h:1/a")
  }
}
