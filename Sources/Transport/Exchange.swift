import CCurl
import Foundation
import Synchronization
import Vocabulary

/// What is asked of a server.
struct HTTPRequest: Sendable {
  var method: String
  var url: URL
  var headers: [String: String]
  var body: [UInt8]?
}

/// How one attempt came out.
enum Outcome: Sendable {
  case answer(HTTPResponse)
  /// No connection came about; another attempt may help.
  case refused(Fault)
  case failure(Fault)

  func mayRetry(_ method: String) -> Bool {
    switch self {
    case .answer(let response): response.status >= 500 && method == "GET"
    case .refused: true
    case .failure: false
    }
  }
}

/// One request over its own connection, on its own thread: counts the body as it comes and stops at the limit, at the deadline or
/// when the task that waits for it is cancelled.
///
/// libcurl itself, and not Foundation's `URLSession` above it: where a task is cancelled in the moment in which it ends, that one
/// stops the process ("a task that is not in the registry").
final class Exchange: Sendable {
  /// Set while libcurl works; waking it up is the one call that other threads may make.
  private struct Handle: @unchecked Sendable {
    var multi: OpaquePointer?
    var isCancelled = false
  }

  private let handle = Mutex(Handle())
  private let request: HTTPRequest
  private let maximumBytes: Int
  private let takesTruncated: Bool

  init(_ request: HTTPRequest, maximumBytes: Int, takesTruncated: Bool) {
    self.request = request
    self.maximumBytes = maximumBytes
    self.takesTruncated = takesTruncated
  }

  /// - Parameter time: for the whole exchange; what is left of it is the caller's to reckon.
  func run(within time: Duration) async -> Outcome {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        Thread.detachNewThread { self.perform(within: time) { continuation.resume(returning: $0) } }
      }
    } onCancel: {
      handle.withLock {
        $0.isCancelled = true
        if let multi = $0.multi { curl_multi_wakeup(UnsafeMutableRawPointer(multi)) }
      }
    }
  }

  /// Hands over the outcome before it cleans up, since libcurl waits there for a name server that doesn't answer.
  private func perform(within time: Duration, _ done: (Outcome) -> Void) {
    Self.start
    let headers = headerList()
    defer { curl_slist_free_all(headers) }
    guard let easy = curl_easy_init() else { return done(.failure(Self.outOfMemory)) }
    defer { curl_easy_cleanup(easy) }
    guard let multi = curl_multi_init() else { return done(.failure(Self.outOfMemory)) }
    defer { curl_multi_cleanup(multi) }
    let body = Body(room: maximumBytes)
    configure(easy, headers: headers, body: body, within: time)
    curl_multi_add_handle(multi, easy)
    defer { curl_multi_remove_handle(multi, easy) }

    handle.withLock { $0.multi = OpaquePointer(multi) }
    var running: Int32 = 0
    var isCancelled = handle.withLock { $0.isCancelled }
    while !isCancelled, curl_multi_perform(multi, &running) == CURLM_OK, running > 0 {
      curl_multi_poll(multi, nil, 0, 1000, nil)
      isCancelled = handle.withLock { $0.isCancelled }
    }
    handle.withLock { $0.multi = nil }
    let result = isCancelled ? CURLE_ABORTED_BY_CALLBACK : sigilo_curl_result(multi)
    withExtendedLifetime(body) { done(outcome(result, easy, body)) }
  }

  private func configure(
    _ easy: UnsafeMutableRawPointer, headers: UnsafeMutablePointer<curl_slist>?, body: Body, within time: Duration
  ) {
    sigilo_curl_set_text(easy, CURLOPT_URL, request.url.absoluteString)
    sigilo_curl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    sigilo_curl_set_text(easy, CURLOPT_USERAGENT, "sigilo")
    // Every encoding that libcurl can undo. The limit counts what comes out.
    sigilo_curl_set_text(easy, CURLOPT_ACCEPT_ENCODING, "")
    if Loopback.contains(request.url) { sigilo_curl_set_text(easy, CURLOPT_PROXY, "") }
    sigilo_curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
    // Zero would mean no deadline at all.
    sigilo_curl_set_long(easy, CURLOPT_TIMEOUT_MS, max(1, Int(time / .milliseconds(1))))
    sigilo_curl_set_pointer(easy, CURLOPT_HTTPHEADER, headers)
    if let bytes = request.body {
      sigilo_curl_set_long(easy, CURLOPT_POST, 1)
      sigilo_curl_set_long(easy, CURLOPT_POSTFIELDSIZE, bytes.count)
      bytes.withUnsafeBytes { _ = sigilo_curl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
    }
    sigilo_curl_set_writer(
      easy,
      { bytes, _, count, context in
        guard let bytes, let context else { return 0 }
        let body = Unmanaged<Body>.fromOpaque(context).takeUnretainedValue()
        return body.take(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
      }, Unmanaged.passUnretained(body).toOpaque())
  }

  private func headerList() -> UnsafeMutablePointer<curl_slist>? {
    // A body goes out without asking first whether the server wants it.
    var list = request.body == nil ? nil : curl_slist_append(nil, "Expect:")
    for (name, value) in request.headers { list = curl_slist_append(list, "\(name): \(value)") ?? list }
    return list
  }

  private func outcome(_ result: CURLcode, _ easy: UnsafeMutableRawPointer, _ body: Body) -> Outcome {
    let name = request.url.withoutSecrets
    let status = Int(sigilo_curl_status(easy))
    let remedy = "check that it runs and listens there"
    if result == CURLE_OK || (body.isTruncated && takesTruncated) {
      return .answer(
        HTTPResponse(
          status: status, contentType: sigilo_curl_info(easy, CURLINFO_CONTENT_TYPE).map { String(cString: $0) },
          body: body.bytes, isTruncated: body.isTruncated,
          location: sigilo_curl_info(easy, CURLINFO_REDIRECT_URL).map { String(cString: $0) }))
    }
    if body.isTruncated {
      return .failure(
        Fault(
          .incomplete, "the answer of \(name) is larger than \(maximumBytes) bytes",
          remedy: "ask for less at a time, or raise the limit"))
    }
    switch result {
    case CURLE_ABORTED_BY_CALLBACK: return .failure(Fault(.incomplete, "the request to \(name) was cancelled"))
    case CURLE_OPERATION_TIMEDOUT where status == 0:
      return .failure(Fault(.unreachable, "\(name) did not answer in time", remedy: remedy))
    case CURLE_OPERATION_TIMEDOUT:
      return .failure(
        Fault(
          .incomplete, "\(name) did not finish its answer in time", remedy: "ask for less, or raise the deadline"))
    case CURLE_COULDNT_CONNECT:
      return .refused(Fault(.unreachable, "\(name) refuses the connection", remedy: remedy))
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_URL_MALFORMAT:
      return .failure(Fault(.unreachable, "the host of \(name) is not known", remedy: "check the spelling"))
    case CURLE_COULDNT_RESOLVE_PROXY:
      return .failure(
        Fault(.unreachable, "the proxy on the way to \(name) is not known", remedy: "check http_proxy and https_proxy"))
    case CURLE_PEER_FAILED_VERIFICATION:
      return .failure(
        Fault(
          .unreachable, "the certificate of \(name) is not one that this machine trusts",
          remedy: "add its authority with update-ca-certificates"))
    case _ where status > 0:
      return .failure(
        Fault(.incomplete, "\(name) cut its answer off", remedy: "look at the target's own log"))
    default: return .refused(Fault(.unreachable, "\(name) gave no answer", remedy: remedy))
    }
  }

  private static let outOfMemory = Fault(.internal, "libcurl gives no handle")

  /// Once in a process, before the first handle.
  private static let start: Void = { _ = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()
}

/// The body as far as there is room for it. Only libcurl's thread touches it.
private final class Body {
  private(set) var bytes: [UInt8] = []
  private(set) var isTruncated = false
  private let room: Int

  init(room: Int) { self.room = room }

  /// - Returns: false to end the transfer.
  func take(_ more: UnsafeRawBufferPointer) -> Bool {
    isTruncated = more.count > room - bytes.count
    bytes.append(contentsOf: more.prefix(room - bytes.count))
    return !isTruncated
  }
}
