import ArgumentParser
import Jobs
import Reporting
import Vocabulary

extension ContractCommand {
  struct Compile: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes configuration that enforces a contract: what no clause claims never reaches the store.",
      discussion: """
        For prometheus: metric_relabel_configs that keep claimed families, take unclaimed labels away and put a constant in \
        place of values of another type. They go under the job's entry of scrape_configs. \
        For promtail: pipeline_stages that let claimed lines through and drop the others. \
        For alloy, Promtail's successor: the same as a loki.process component, which was not run on Alloy. \
        For loki-ruler: alert rules that fire on lines that came through unclaimed, and on shapes of content. \
        For vllm-flags, litellm-config and dcgm-csv: the options and variables that a vetted server is started with, what \
        LiteLLM's configuration must hold, and the counters file of the claimed fields.
        """)

    @Argument(help: "The contract: see sigilo contract list.")
    var source: String

    @Option(
      name: .customLong("for"),
      help: ArgumentHelp("What enforces it: \(ContractJob.targets.joined(separator: ", ")).", valueName: "program"))
    var target: String

    @Option(
      help: ArgumentHelp(
        "Inventory whose models and hosts the contract refers to (default: built in).", valueName: "file"))
    var fleet: String?

    @Option(
      name: .customLong("label"),
      help: ArgumentHelp(
        "A label that the scrape configuration itself sets on the target; job, instance and filename are known.",
        valueName: "name"))
    var labels: [String] = []

    @Option(help: ArgumentHelp("Policy set (default: built in).", valueName: "dir"))
    var policy: String?

    func execute() async throws -> ExitStatus {
      let text = try ContractJob(folder: policy).compile(source, for: target, fleet: fleet, targetLabels: labels)
      standardOutput(Array(text.utf8))
      return .clean
    }
  }
}
