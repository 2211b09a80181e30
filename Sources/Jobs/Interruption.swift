import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

/// Turns Ctrl-C and SIGTERM into the cancellation of a task, so that what was started is stopped and what was written is
/// removed before the process ends. A second signal ends it at once.
public final class Interruption: @unchecked Sendable {
  private let sources: [any DispatchSourceSignal]
  private let lock = DispatchQueue(label: "sigilo.interruption")
  private var action: (@Sendable () -> Void)?
  /// The first signal that came, e.g. SIGINT.
  public var signal: Int32? { lock.sync { received } }
  private var received: Int32?

  public init() {
    let signals = [SIGINT, SIGTERM, SIGHUP]
    sources = signals.map { number in
      Glibc.signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for (number, source) in zip(signals, sources) {
      source.setEventHandler { [weak self] in self?.arrived(number) }
      source.resume()
    }
  }

  /// Runs an operation in a task that the first signal cancels.
  public func watch<Value: Sendable>(
    _ operation: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task { try await operation() }
    lock.sync { action = { task.cancel() } }
    defer { lock.sync { action = nil } }
    return try await task.value
  }

  private func arrived(_ number: Int32) {
    let (isFirst, action) = lock.sync {
      defer { received = received ?? number }
      return (received == nil, self.action)
    }
    if isFirst, let action { action() } else { _exit(128 + number) }
  }
}
