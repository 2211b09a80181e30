public import Foundation
public import Vocabulary

/// Bounded HTTP requests: a deadline, a largest body, few retries; no cookies, no cache, no redirection to another host.
///
/// Errors tell apart a target that never answered (`unreachable`) from one that answered badly: with 5xx, cut off, too late
/// or with too much (`incomplete`). They name scheme, host, port and path, never the query, user or body.
public struct HTTPClient: Sendable {
  private let limits: HTTPLimits
  private let loopbackOnly: Bool

  /// - Parameter loopbackOnly: refuse every URL that is not on this machine, before connecting.
  public init(limits: HTTPLimits = HTTPLimits(), loopbackOnly: Bool = false) {
    self.limits = limits
    self.loopbackOnly = loopbackOnly
  }

  /// - Parameter takesTruncated: return as much of a body as the limit allows instead of throwing.
  /// - Returns: any answer below 500, so that callers can tell 404 from 200.
  public func get(
    _ url: URL, headers: [String: String] = [:], takesTruncated: Bool = false
  ) async throws(Fault) -> HTTPResponse {
    try await send("GET", url, headers: headers, body: nil, takesTruncated: takesTruncated)
  }

  public func post(_ url: URL, headers: [String: String] = [:], body: [UInt8]) async throws(Fault) -> HTTPResponse {
    try await send("POST", url, headers: headers, body: body)
  }

  private func send(
    _ method: String, _ url: URL, headers: [String: String], body: [UInt8]?, takesTruncated: Bool = false
  ) async throws(Fault) -> HTTPResponse {
    let deadline = ContinuousClock.now + limits.deadline
    var target = url
    for _ in 0...Self.maximumRedirections {
      let request = try request(method, target, headers: headers, body: body)
      let response = try await send(request, takesTruncated: takesTruncated, before: deadline)
      guard (300..<400).contains(response.status), let location = response.location else { return response }
      guard method == "GET", let next = URL(string: location, relativeTo: target)?.absoluteURL, next.isAt(target) else {
        throw Fault(
          .incomplete, "\(target.withoutSecrets) redirects elsewhere", remedy: "name the final address")
      }
      target = next
    }
    throw Fault(.incomplete, "\(url.withoutSecrets) redirects in circles")
  }

  private static let maximumRedirections = 3

  private func request(
    _ method: String, _ url: URL, headers: [String: String], body: [UInt8]?
  ) throws(Fault) -> HTTPRequest {
    guard let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme), url.host() != nil else {
      throw Fault(.usage, "not an http or https URL", remedy: "write it as http://host:port/path")
    }
    guard !loopbackOnly || Loopback.contains(url) else {
      throw Fault(.internal, "\(url.withoutSecrets) is not on this machine, and this run may talk to loopback alone")
    }
    return HTTPRequest(method: method, url: url, headers: headers, body: body)
  }

  /// Sends a request until it is answered below 500, the retries are used up or the deadline is there.
  private func send(
    _ request: HTTPRequest, takesTruncated: Bool, before deadline: ContinuousClock.Instant
  ) async throws(Fault) -> HTTPResponse {
    let name = request.url.withoutSecrets
    let clock = ContinuousClock()
    var attempt = 0
    while true {
      let exchange = Exchange(request, maximumBytes: limits.maximumBytes, takesTruncated: takesTruncated)
      let outcome = await exchange.run(within: deadline - clock.now)
      let fault: Fault
      switch outcome {
      case .answer(let response) where response.status < 500: return response
      case .answer(let response):
        fault = Fault(
          .incomplete, "\(name) answered \(response.status)", remedy: "look at the target's own log, then run again")
      case .refused(let failure), .failure(let failure): fault = failure
      }
      attempt += 1
      guard attempt <= limits.retries, outcome.mayRetry(request.method), !Task.isCancelled else { throw fault }
      let pause = Duration.milliseconds(100 << min(attempt, 5))
      guard clock.now + pause < deadline else { throw fault }
      do { try await clock.sleep(for: pause) } catch { throw fault }
    }
  }
}

extension URL {
  /// Scheme, host, port and path; without user, query and fragment, which may hold secrets or text of a source.
  public var withoutSecrets: String {
    "\(scheme ?? "")://\(host() ?? "")\(port.map { ":\($0)" } ?? "")\(path(percentEncoded: true))"
  }

  /// Same scheme, host and port.
  fileprivate func isAt(_ other: URL) -> Bool {
    scheme == other.scheme && host() == other.host() && port == other.port
  }
}
