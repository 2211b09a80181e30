import ArgumentParser
import Foundation
import Jobs
import Vocabulary

extension ContractCommand {
  struct Trace: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Says what a Promtail configuration makes of each line of a log: kept, changed, or dropped by which stage.",
      discussion: """
        Reads the log from standard input and prints a fate a line: its number, the stage, the names of the labels and \
        the structured metadata that it would carry; never its text. Lines that a stage gathers are told of together, \
        when they are complete. What only chance or the clock decides is let through, and said at the end.
        """)

    @Argument(help: "Promtail's configuration.")
    var config: String

    @Option(help: ArgumentHelp("Scrape job to take (default: the only one).", valueName: "name"))
    var job: String?

    func execute() async throws -> ExitStatus {
      let trace = try TraceJob(config: config, job: job)
      while let piece = try FileHandle.standardInput.read(upToCount: 1 << 16), !piece.isEmpty {
        try Task.checkCancellation()
        standardOutput(try trace.trace(Array(piece)))
      }
      standardOutput(try trace.finish())
      return .clean
    }
  }
}
