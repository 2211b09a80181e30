import ArgumentParser
import Foundation
import Jobs
import Reporting
import Vocabulary

extension ContractCommand {
  struct Learn: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Proposes a contract from clean samples, and says what a person has to decide.",
      discussion: """
        What the source's contract claims already stays as it is. Forms of lines that stand there often and hold nothing but \
        the program's own words and values of closed types are added, and families of metrics with the labels whose values \
        are; all else is written under undecided, which claims \
        nothing, and is listed: on standard output with --output, else on standard error. No value of a sample is written \
        or printed. Lines that the detectors hold for conversation are counted, left out, and make the exit code 1.
        """)

    @Argument(help: "The source: a contract of the policy (see sigilo contract list), or a new name.")
    var source: String

    @Argument(help: ArgumentHelp("Samples: log files and expositions.", valueName: "file"))
    var files: [String]

    @Option(help: ArgumentHelp("File to write the contract to (default: standard output).", valueName: "file"))
    var output: String?

    @Option(
      help: ArgumentHelp("Inventory whose models and hosts lines may name (default: built in).", valueName: "file"))
    var fleet: String?

    @Option(help: ArgumentHelp("Policy set (default: built in).", valueName: "dir"))
    var policy: String?

    @Flag(help: "Only errors on standard error, and no list of what is to be decided.")
    var quiet = false

    @Flag(help: "Plain text, without colour (also with NO_COLOR set).")
    var noColor = false

    func execute() async throws -> ExitStatus {
      let console = Console(quiet: quiet, noColor: noColor)
      let request = LearnRequest(source: source, paths: files, policyFolder: policy, fleet: fleet)
      let outcome = try await LearnJob(request).run(progress: console.progress)
      if let output {
        try AtomicFile.write(Array(outcome.contract.utf8), to: output)
        if !quiet { standardOutput(Array(outcome.page.utf8)) }
      } else {
        standardOutput(Array(outcome.contract.utf8))
        if !quiet { standardError(outcome.page) }
      }
      return outcome.status
    }
  }
}
