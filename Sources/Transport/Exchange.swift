import Foundation
import Synchronization
import Vocabulary

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// How one attempt came out.
enum Outcome: Sendable {
  case answer(HTTPResponse)
  /// No connection came about; another attempt may help.
  case refused(Fault)
  case failure(Fault)

  func mayRetry(_ method: String?) -> Bool {
    switch self {
    case .answer(let response): response.status >= 500 && method == "GET"
    case .refused: true
    case .failure: false
    }
  }
}

/// One request on its own session: counts the body as it comes and stops at the limit or the deadline.
final class Exchange: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var response: HTTPURLResponse?
    var body: [UInt8] = []
    var isTruncated = false
    /// Why the task was stopped from this side.
    var stop: Fault?
    var task: URLSessionDataTask?
    var waiting: CheckedContinuation<Outcome, Never>?
  }

  private let state = Mutex(State())
  private let maximumBytes: Int
  private let takesTruncated: Bool
  private let name: String

  init(maximumBytes: Int, takesTruncated: Bool, name: String) {
    self.maximumBytes = maximumBytes
    self.takesTruncated = takesTruncated
    self.name = name
  }

  func run(_ request: URLRequest, within time: Duration) async -> Outcome {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpCookieStorage = nil
    configuration.urlCache = nil
    // The deadline below is the one that counts; this one must not be shorter.
    configuration.timeoutIntervalForRequest = 86_400
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    let task = session.dataTask(with: request)
    let timer = Task { [weak self] in
      try await Task.sleep(for: max(time, .zero))
      self?.stop(because: nil)
    }
    defer {
      timer.cancel()
      session.finishTasksAndInvalidate()
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        state.withLock {
          $0.waiting = continuation
          $0.task = task
        }
        task.resume()
        // Whoever stopped it before the task was known could not cancel it.
        if state.withLock({ $0.stop != nil }) { task.cancel() }
      }
    } onCancel: {
      cancel()
    }
  }

  private func cancel() {
    stop(because: Fault(.incomplete, "the request to \(name) was cancelled"))
  }

  /// - Parameter fault: nil for the deadline, whose meaning depends on whether anything was answered.
  private func stop(because fault: Fault?) {
    let task = state.withLock { state -> URLSessionDataTask? in
      guard state.stop == nil else { return nil }
      state.stop =
        fault
        ?? (state.response == nil
          ? Fault(
            .unreachable, "\(name) did not answer in time", remedy: "check that it runs and listens there")
          : Fault(
            .incomplete, "\(name) did not finish its answer in time", remedy: "ask for less, or raise the deadline"))
      return state.task
    }
    task?.cancel()
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    state.withLock { $0.response = response as? HTTPURLResponse }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLarge = state.withLock { state in
      let room = maximumBytes - state.body.count
      state.body.append(contentsOf: data.prefix(room))
      if data.count > room { state.isTruncated = true }
      return data.count > room
    }
    if isTooLarge, takesTruncated {
      dataTask.cancel()
    } else if isTooLarge {
      stop(
        because: Fault(
          .incomplete, "the answer of \(name) is larger than \(maximumBytes) bytes",
          remedy: "ask for less at a time, or raise the limit"))
    }
  }

  // The client decides on redirections: FoundationNetworking stops the process where a task is cancelled in here.
  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    state.withLock { $0.response = response }
    completionHandler(nil)
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let (waiting, outcome) = state.withLock { state in
      let waiting = state.waiting
      state.waiting = nil
      state.task = nil
      return (waiting, Self.outcome(state, error, name: name))
    }
    waiting?.resume(returning: outcome)
  }

  private static func outcome(_ state: State, _ error: (any Error)?, name: String) -> Outcome {
    if let stop = state.stop { return .failure(stop) }
    if let response = state.response {
      guard error == nil || state.isTruncated else {
        return .failure(Fault(.incomplete, "\(name) cut its answer off", remedy: "look at the target's own log"))
      }
      return .answer(
        HTTPResponse(
          status: response.statusCode, contentType: response.value(forHTTPHeaderField: "Content-Type"),
          body: state.body, isTruncated: state.isTruncated, location: response.value(forHTTPHeaderField: "Location")))
    }
    let remedy = "check that it runs and listens there"
    switch (error as? URLError)?.code {
    case .cannotConnectToHost?: return .refused(Fault(.unreachable, "\(name) refuses the connection", remedy: remedy))
    case .cannotFindHost?, .dnsLookupFailed?:
      return .failure(Fault(.unreachable, "the host of \(name) is not known", remedy: "check the spelling"))
    default: return .refused(Fault(.unreachable, "\(name) gave no answer", remedy: remedy))
    }
  }
}
