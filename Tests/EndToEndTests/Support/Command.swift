import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// A program that was run to its end: what it printed and how it ended.
struct Outcome: Sendable {
  /// The exit code, or 128 + n where signal n ended it.
  let status: Int32
  let output: String
  let errors: String
  /// True where it had to be killed because it did not end in time.
  let timedOut: Bool
}

/// A program to be run as a person or a CI job would: own environment, folder and standard input, and a process group
/// of its own.
struct Command: Sendable {
  var program: String
  var arguments: [String] = []
  /// The whole environment.
  var environment: [String: String] = [:]
  var folder: String = "/"
  /// What stands on standard input, which is empty where nil.
  var input: String?
  var deadline: Duration = .seconds(60)

  /// Runs it to its end.
  ///
  /// - Parameter body: What to do while it runs, with its process id, which is also that of its group.
  func run(while body: (pid_t) async throws -> Void = { _ in }) async throws -> Outcome {
    // Files and not pipes: whatever outlives the program can't keep the run from ending.
    let streams = try TemporaryFolder()
    try streams.write(input ?? "", to: "input")
    let watchdog = Watchdog()
    let options = {
      var options = PlatformOptions()
      options.processGroupID = 0
      return options
    }()

    let alarm = Task {
      try await Task.sleep(for: deadline)
      watchdog.bite()
    }
    defer { alarm.cancel() }
    let status = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments), environment: variables,
      workingDirectory: FilePath(folder), platformOptions: options,
      input: .fileDescriptor(try streams.open("input", .readOnly), closeAfterSpawningProcess: true),
      output: .fileDescriptor(try streams.open("output", .writeOnly), closeAfterSpawningProcess: true),
      error: .fileDescriptor(try streams.open("errors", .writeOnly), closeAfterSpawningProcess: true)
    ) { execution in
      let process = execution.processIdentifier.value
      watchdog.watch(process)
      try await body(process)
    }.terminationStatus
    let code: Int32 =
      switch status {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    return Outcome(
      status: code, output: try streams.read("output"), errors: try streams.read("errors"),
      timedOut: watchdog.hasBitten)
  }

  private var variables: Subprocess.Environment {
    .custom(Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) }))
  }
}

/// Kills a process group that does not end in time.
private final class Watchdog: Sendable {
  private let state = Mutex<(process: pid_t?, hasBitten: Bool)>((nil, false))

  func watch(_ process: pid_t) { state.withLock { $0.process = process } }

  func bite() {
    state.withLock { state in
      guard let process = state.process else { return }
      state.hasBitten = true
      kill(-process, SIGKILL)
    }
  }

  var hasBitten: Bool { state.withLock { $0.hasBitten } }
}

extension TemporaryFolder {
  fileprivate func open(_ name: String, _ mode: FileDescriptor.AccessMode) throws -> FileDescriptor {
    try FileDescriptor.open(path(name), mode, options: .create, permissions: .ownerReadWrite)
  }
}
