import ArgumentParser
import Jobs
import Vocabulary

struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "The rules: valid, explained, their examples run.",
    subcommands: [Check.self, Explain.self, Test.self, Export.self])

  struct Check: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads a policy set and compiles every pattern; says what is wrong, with file, line and column.")

    @Option(help: ArgumentHelp("Policy set (default: built in).", valueName: "dir"))
    var policy: String?

    func execute() async throws -> ExitStatus {
      standardOutput(Array(try PolicyJob(folder: policy).check().utf8))
      return .clean
    }
  }

  struct Explain: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what a rule looks for, why, what to do, and shows its made-up examples.")

    @Argument(help: "Rule id, e.g. vllm-request-log.")
    var rule: String

    @Option(help: ArgumentHelp("Policy set (default: built in).", valueName: "dir"))
    var policy: String?

    func execute() async throws -> ExitStatus {
      standardOutput(Array(try PolicyJob(folder: policy).explain(rule).utf8))
      return .clean
    }
  }

  struct Test: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Runs the examples and counter-examples of rules and contracts, and proves that rules need what they say they need.",
      discussion: "Exit code 2 where one fails, since the policy is then wrong about itself.")

    @Option(help: ArgumentHelp("Policy set (default: built in).", valueName: "dir"))
    var policy: String?

    func execute() async throws -> ExitStatus {
      let (text, isRight) = try PolicyJob(folder: policy).test()
      standardOutput(Array(text.utf8))
      return isRight ? .clean : .usage
    }
  }

  struct Export: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the built-in policy set to a folder, to be changed and given with --policy.")

    @Argument(help: "Folder that does not exist yet.")
    var folder: String

    func execute() async throws -> ExitStatus {
      try PolicyJob.export(to: folder)
      return .clean
    }
  }
}
