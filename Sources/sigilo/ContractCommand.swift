import ArgumentParser
import Jobs
import Reporting
import Vocabulary

struct ContractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contract", abstract: "What each source may emit: check it, explain it, trace what enforces it.",
    subcommands: [Check.self, Compile.self, Explain.self, List.self, Trace.self])

  struct Check: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Holds expositions and logs to a contract: whatever no clause claims is a finding.",
      discussion: """
        The same as sigilo scan --source: detection judges the files too (--without detection leaves it out). The coverage \
        says which share of families, label values and lines the contract claims. Unclaimed text is never printed.
        """)

    @Argument(help: "The contract: see sigilo contract list.")
    var source: String

    @Argument(help: ArgumentHelp("Files or folders; - is standard input.", valueName: "path"))
    var paths: [String]

    @Option(
      help: ArgumentHelp(
        "Inventory whose models and hosts the contract refers to (default: built in).", valueName: "file"))
    var fleet: String?

    @Option(help: ArgumentHelp("Folder to write every report to (default: none is written).", valueName: "dir"))
    var output: String?

    @Option(
      help: ArgumentHelp(
        "What to print: \(ScanJob.formats.joined(separator: ", ")) (default: terminal).", valueName: "name"))
    var format: String = "terminal"

    @OptionGroup var common: CommonOptions

    func validate() throws {
      if !ScanJob.formats.contains(format) {
        throw ValidationError("There is no format '\(format)': use one of \(ScanJob.formats.joined(separator: ", ")).")
      }
    }

    func execute() async throws -> ExitStatus {
      let console = Console(quiet: common.quiet, noColor: common.noColor, explains: common.explain)
      let request = ScanRequest(paths: paths, source: source, fleet: fleet)
      let report = try await ScanJob(request, common.settings(output: output)).run(progress: console.progress)
      try console.show(report, format: format, folder: output)
      return report.status
    }
  }

  struct Explain: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says in plain words, as Markdown, all that a source may emit.")

    @Argument(help: "The contract: see sigilo contract list.")
    var source: String

    @Option(help: ArgumentHelp("Language: en or pt-BR (default: en).", valueName: "language"))
    var lang: String = "en"

    @Option(help: ArgumentHelp("Policy set (default: built in).", valueName: "dir"))
    var policy: String?

    func execute() async throws -> ExitStatus {
      standardOutput(Array(try ContractJob(folder: policy).explain(source, language: lang).utf8))
      return .clean
    }
  }

  struct List: ReportingCommand {
    static let configuration = CommandConfiguration(abstract: "The contracts of the policy, one a line.")

    @Option(help: ArgumentHelp("Policy set (default: built in).", valueName: "dir"))
    var policy: String?

    func execute() async throws -> ExitStatus {
      standardOutput(Array(try ContractJob(folder: policy).list().utf8))
      return .clean
    }
  }
}
