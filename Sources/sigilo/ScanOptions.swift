import ArgumentParser
import Jobs

/// What the commands that judge files and print a report have in common.
struct ScanOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Inventory: its models and hosts are the contracts' names, and its jobs are held to their contracts (default: none).",
      valueName: "file"))
  var fleet: String?

  @Option(help: ArgumentHelp("Folder to write every report to (default: none is written).", valueName: "dir"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "What to print: \(ScanJob.formats.joined(separator: ", ")) (default: terminal).", valueName: "name"))
  var format: String = "terminal"

  func validate() throws {
    if !ScanJob.formats.contains(format) {
      throw ValidationError("There is no format '\(format)': use one of \(ScanJob.formats.joined(separator: ", ")).")
    }
  }
}
