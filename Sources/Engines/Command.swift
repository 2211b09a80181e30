import Subprocess
import SystemPackage
public import Vocabulary

/// One run of a program to its end: no shell, a clean environment, a deadline, bounded output.
public struct Command: Sendable {
  public var engine: Engine
  public var arguments: [String]
  /// Working directory; nil for that of this process.
  public var folder: String?
  public var deadline: Duration
  /// Bytes kept of each stream; the rest is read and counted.
  public var limit: Int

  public init(
    _ engine: Engine, _ arguments: [String], folder: String? = nil, deadline: Duration = .seconds(60),
    limit: Int = 4 << 20
  ) {
    self.engine = engine
    self.arguments = arguments
    self.folder = folder
    self.deadline = deadline
    self.limit = limit
  }

  /// Runs it. Cancelling the task kills its process group before this returns.
  ///
  /// - Returns: Also for a failed command: its exit code is a result, not an error.
  /// - Throws: `Fault(.incomplete)` where it does not start, passes the deadline, or the task is cancelled.
  public func run() async throws(Fault) -> CommandResult {
    do {
      return try await withThrowingTaskGroup(of: CommandResult?.self) { group in
        group.addTask { try await execute() }
        group.addTask {
          try await Task.sleep(for: deadline)
          return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else { throw late }
        try Task.checkCancellation()
        return result
      }
    } catch let fault as Fault {
      throw fault
    } catch is CancellationError {
      throw .cancelled
    } catch {
      throw Task.isCancelled ? .cancelled : Launch.fault(engine, error)
    }
  }

  private func execute() async throws -> CommandResult {
    let launch = Launch(engine, arguments)
    let outcome = try await Subprocess.run(
      .path(FilePath(launch.executable)), arguments: Arguments(launch.arguments), environment: Launch.environment,
      workingDirectory: folder.map { FilePath($0) }, platformOptions: Launch.options(grace: .milliseconds(200)),
      input: .none, output: .sequence, error: .sequence
    ) { execution in
      async let out = Self.capture(execution.standardOutput, limit: limit)
      async let errors = Self.capture(execution.standardError, limit: limit)
      return (try await out, try await errors)
    }
    let (out, errors) = outcome.closureResult
    let exit = Launch.exit(outcome.terminationStatus)
    if launch.failedToStart(exit: exit, errors: errors.bytes) { throw Launch.fault(engine) }
    return CommandResult(
      exit: exit, stdout: out.bytes, stderr: errors.bytes, dropped: out.dropped + errors.dropped)
  }

  private static func capture(_ stream: SubprocessOutputSequence, limit: Int) async throws -> Capture {
    var capture = Capture(limit: limit)
    for try await buffer in stream { buffer.withUnsafeBytes { capture.append($0) } }
    return capture
  }

  private var late: Fault {
    Fault(
      .incomplete, "\(engine.name.rawValue) did not end within \(deadline)", at: Location(path: engine.path),
      remedy: "see whether the machine is overloaded, or the input is too large")
  }
}

extension Fault {
  /// What a cancelled task throws here; whoever cancelled it decides what the user is told.
  public static var cancelled: Fault { Fault(.incomplete, "interrupted") }
}
