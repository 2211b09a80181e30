import Foundation
import Jobs
import Reporting
import Vocabulary

/// What a command shows: progress on standard error, the report on standard output.
struct Console {
  let progress: StageProgress
  private let isQuiet: Bool
  private let noColour: Bool
  private let explains: Bool
  private let environment = ProcessInfo.processInfo.environment

  init(quiet: Bool, verbose: Bool = false, noColor: Bool, explains: Bool = false) {
    isQuiet = quiet
    noColour = noColor
    self.explains = explains
    progress = .standardError(environment: environment, isQuiet: quiet, isVerbose: verbose, noColour: noColor)
  }

  /// Prints a report in a format.
  ///
  /// - Parameter folder: where the reports were written, for the terminal summary to say so.
  func show(_ report: RunReport, format: String, folder: String?) throws(Fault) {
    if isQuiet && format == TerminalReport.name { return }
    let options = RenderOptions.terminal(
      STDOUT_FILENO, environment: environment, noColour: noColour, reports: folder, explains: explains)
    standardOutput(try ReportFormat.named(format).render(report, options: options))
  }
}
