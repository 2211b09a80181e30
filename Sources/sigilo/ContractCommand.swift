import ArgumentParser
import Jobs
import Reporting
import Vocabulary

struct ContractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contract", abstract: "What each source may emit: check it, explain it, trace what enforces it.",
    subcommands: [Check.self, Compile.self, Explain.self, Learn.self, List.self, Trace.self])

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

    @OptionGroup var scan: ScanOptions

    @OptionGroup var common: CommonOptions

    func execute() async throws -> ExitStatus {
      let console = Console(quiet: common.quiet, noColor: common.noColor, explains: common.explain)
      let request = ScanRequest(paths: paths, source: source, fleet: scan.fleet)
      let report = try await ScanJob(request, common.settings(output: scan.output)).run(progress: console.progress)
      try console.show(report, format: scan.format, folder: scan.output)
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
