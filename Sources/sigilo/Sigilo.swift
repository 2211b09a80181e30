import ArgumentParser
import Foundation
import Jobs
import Vocabulary

/// The command tree, and how every command ends.
@main
struct Sigilo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sigilo",
    abstract: "Shows, with evidence, that no conversation content reaches the telemetry of an LLM platform.",
    discussion: """
      Exit codes: 0 clean; 1 findings at or over the gate; 2 usage or policy error; 3 incomplete (an engine missing, \
      a 5xx, an answer cut off); 4 a named target never answered; 70 a defect of Sigilo itself; 128+n stopped by \
      signal n.
      """,
    version: SigiloVersion.current,
    subcommands: [
      AuditCommand.self, ScanCommand.self, BundleCommand.self, PolicyCommand.self, ContractCommand.self,
      ClassifyCommand.self,
      EvaluateCommand.self,
    ])

  /// Runs the command line and leaves with a documented exit code; ArgumentParser's own codes never get out.
  static func main() async {
    let interruption = Interruption()
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      // Parsed inside the task that a signal cancels, as commands are not sendable.
      let status = try await interruption.watch { try await run(try parseAsRoot(arguments)) }
      Foundation.exit(status.rawValue)
    } catch {
      Foundation.exit(report(error, interruption: interruption))
    }
  }

  private static func run(_ command: any ParsableCommand) async throws -> ExitStatus {
    switch command {
    case let command as any ReportingCommand:
      return try await command.execute()
    case var command as any AsyncParsableCommand:
      try await command.run()
    case var command:
      try command.run()
    }
    return .clean
  }

  private static func report(_ error: any Error, interruption: Interruption) -> Int32 {
    if let signal = interruption.signal {
      standardError("sigilo: stopped by signal \(signal); what was started is stopped, nothing was sealed\n")
      return 128 + signal
    }
    switch error {
    case let fault as Fault:
      standardError("sigilo: error: \(fault)\n")
      return fault.status.rawValue
    case is CancellationError:
      return ExitStatus.internal.rawValue
    default:
      break
    }
    let code = exitCode(for: error)
    // Not localizedDescription: an error of a library may quote what it read.
    if code == .success {
      print(fullMessage(for: error))
      return 0
    }
    if code == .validationFailure {
      standardError("\(fullMessage(for: error))\n")
      return ExitStatus.usage.rawValue
    }
    standardError("sigilo: internal error of type \(type(of: error))\n")
    return ExitStatus.internal.rawValue
  }
}

/// A command whose exit code says more than success.
protocol ReportingCommand: AsyncParsableCommand {
  func execute() async throws -> ExitStatus
}

extension ReportingCommand {
  /// Only reached where a command runs outside `Sigilo.main`, as in a test of the tree.
  mutating func run() async throws {
    let status = try await execute()
    if status != .clean { throw ExitCode(status.rawValue) }
  }
}

func standardError(_ text: String) {
  FileHandle.standardError.write(Data(text.utf8))
}

func standardOutput(_ bytes: [UInt8]) {
  // A closed pipe (`sigilo scan … | head`) is the reader's choice and no error of ours.
  try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
}
