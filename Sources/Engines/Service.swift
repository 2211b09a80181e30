import Foundation
import Subprocess
import SystemPackage
import Transport
public import Vocabulary

/// A server to run on a free loopback port for as long as a piece of work lasts.
///
/// It is stopped (SIGTERM, SIGKILL after 5 s, both to its process group) and its data are removed when the work returns,
/// throws or is cancelled; the kernel kills it where this process dies first (see `Launch`).
public struct Service: Sendable {
  /// Writes what the server reads into its folder and returns its arguments.
  public typealias Prepare = @Sendable (_ port: Int, _ folder: WorkFolder) throws(Fault) -> [String]

  public var engine: Engine
  public var prepare: Prepare
  /// Where its work folder is made; nil for the system's temporary folder.
  public var parent: String?
  /// How long it may take until it answers.
  public var startDeadline: Duration

  public init(
    _ engine: Engine, parent: String? = nil, startDeadline: Duration = .seconds(20), prepare: @escaping Prepare
  ) {
    self.engine = engine
    self.parent = parent
    self.startDeadline = startDeadline
    self.prepare = prepare
  }

  /// Starts it, waits until `/-/ready` answers, hands it over, stops it.
  ///
  /// - Throws: `Fault(.incomplete)` with the server's own reason where it does not start or ends early; what `work` throws.
  public func run<Value: Sendable>(
    _ work: @escaping @Sendable (RunningService) async throws(Fault) -> Value
  ) async throws(Fault) -> Value {
    for _ in 0..<Self.attempts {
      guard let port = LoopbackPort.free() else { break }
      let folder = try WorkFolder.create(in: parent)
      defer { folder.remove() }
      let arguments = try prepare(port, folder)
      if let value = try await attempt(port: port, arguments: arguments, folder: folder, work) { return value }
    }
    throw Fault(
      .incomplete, "\(engine.name.rawValue) finds no free port on 127.0.0.1", at: Location(path: engine.path),
      remedy: "see what holds the local ports (ss -ltn)")
  }

  /// Someone may take the port between its choice and the server's start.
  private static let attempts = 5

  /// - Returns: Nil where the port was taken.
  private func attempt<Value: Sendable>(
    port: Int, arguments: [String], folder: WorkFolder,
    _ work: @escaping @Sendable (RunningService) async throws(Fault) -> Value
  ) async throws(Fault) -> Value? {
    let launch = Launch(engine, arguments)
    let log = EngineLog()
    let outcome: ExecutionResult<Result<Value, Fault>, SequenceOutput, CombinedErrorOutput>
    do {
      outcome = try await Subprocess.run(
        .path(FilePath(launch.executable)), arguments: Arguments(launch.arguments), environment: Launch.environment,
        workingDirectory: FilePath(folder.path), platformOptions: Launch.options(grace: Self.grace), input: .none,
        output: .sequence, error: .combinedWithOutput
      ) { execution in
        let output = execution.standardOutput
        let service = RunningService(
          engine: engine, url: Self.url(port), port: port, processID: execution.processIdentifier.value)
        let result = await supervise(service, log: log, output: output, work)
        await execution.teardown(using: [Launch.teardown(grace: Self.grace)])
        return result
      }
    } catch {
      throw Task.isCancelled ? .cancelled : Launch.fault(engine, error)
    }
    switch outcome.closureResult {
    case .success(let value): return value
    case .failure(let fault):
      if log.saysPortIsTaken { return nil }
      throw Task.isCancelled ? .cancelled : fault
    }
  }

  private static let grace = Duration.seconds(5)

  private enum Event<Value: Sendable>: Sendable {
    case ended
    case worked(Result<Value, Fault>)
  }

  /// Does the work while the server lives; its end makes the work end.
  private func supervise<Value: Sendable>(
    _ service: RunningService, log: EngineLog, output: SubprocessOutputSequence,
    _ work: @escaping @Sendable (RunningService) async throws(Fault) -> Value
  ) async -> Result<Value, Fault> {
    await withTaskGroup(of: Event<Value>.self) { group in
      group.addTask {
        // Its output ends when the server does; a read that fails says the same.
        do { for try await buffer in output { buffer.withUnsafeBytes { log.append($0) } } } catch {}
        return .ended
      }
      group.addTask {
        do throws(Fault) {
          try await waitUntilReady(service)
          return .worked(.success(try await work(service)))
        } catch {
          return .worked(.failure(error))
        }
      }
      let first = await group.next()
      group.cancelAll()
      switch first {
      case .worked(let result): return result
      case .ended, nil: return .failure(ended(log))
      }
    }
  }

  private func waitUntilReady(_ service: RunningService) async throws(Fault) {
    let client = HTTPClient(
      limits: HTTPLimits(deadline: .seconds(2), maximumBytes: 64 << 10, retries: 0), loopbackOnly: true)
    let url = service.url.appendingPathComponent("-/ready")
    let end = ContinuousClock.now + startDeadline
    while ContinuousClock.now < end {
      if let response = try? await client.get(url), response.status == 200 { return }
      do { try await Task.sleep(for: .milliseconds(40)) } catch { throw .cancelled }
    }
    throw Fault(
      .incomplete, "\(engine.name.rawValue) was not ready within \(startDeadline)", at: Location(path: engine.path),
      remedy: "see whether the machine is overloaded")
  }

  private func ended(_ log: EngineLog) -> Fault {
    let reason = log.reason.map { ": \($0)" } ?? ""
    return Fault(
      .incomplete, "\(engine.name.rawValue) ended early\(reason)", at: Location(path: engine.path),
      remedy: "check the configuration it was given")
  }

  private static func url(_ port: Int) -> URL {
    var parts = URLComponents()
    parts.scheme = "http"
    parts.host = "127.0.0.1"
    parts.port = port
    guard let url = parts.url else { preconditionFailure("scheme, host and port make a URL") }
    return url
  }
}
