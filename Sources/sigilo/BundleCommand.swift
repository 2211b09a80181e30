import ArgumentParser
import Foundation
import Jobs
import Vocabulary

struct BundleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: "The configuration bundle, from the fleet inventory.",
    subcommands: [Init.self, AddNode.self, Build.self, Verify.self])

  struct Init: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a commented inventory to start from; never overwrites one.")

    @Option(help: ArgumentHelp("Inventory to write (default: fleet.yaml).", valueName: "file"))
    var fleet: String = "fleet.yaml"

    func execute() async throws -> ExitStatus {
      try BundleJob.initialise(fleet)
      standardError("Wrote \(fleet). Next: edit it, then sigilo bundle build --fleet \(fleet)\n")
      return .clean
    }
  }

  struct AddNode: ReportingCommand {
    static let configuration = CommandConfiguration(
      commandName: "add-node",
      abstract: "Adds a GPU node to the inventory: its vLLM, node exporter and DCGM exporter targets follow from it.",
      discussion: "A node that is there already is left as it is.")

    @Argument(help: "Host name of the node.")
    var name: String

    @Option(help: ArgumentHelp("Inventory to edit (default: fleet.yaml).", valueName: "file"))
    var fleet: String = "fleet.yaml"

    func execute() async throws -> ExitStatus {
      let isNew = try BundleJob.addNode(name, fleet: fleet)
      standardError(isNew ? "Added \(name) to \(fleet).\n" : "\(name) is in \(fleet) already; nothing changed.\n")
      return .clean
    }
  }

  struct Build: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the bundle as a draft: checked by promtool and amtool, not yet audited.")

    @Option(help: ArgumentHelp("Inventory (default: built in).", valueName: "file"))
    var fleet: String?

    @Option(help: ArgumentHelp("Policy set whose contracts are enforced (default: built in).", valueName: "dir"))
    var policy: String?

    @Option(help: ArgumentHelp("Folder to write, which must not exist yet (default: bundle).", valueName: "dir"))
    var output: String = "bundle"

    @Option(help: ArgumentHelp("Folder for keys (default: $XDG_STATE_HOME/sigilo).", valueName: "dir"))
    var state: String?

    @Option(help: ArgumentHelp("Ed25519 key that signs (default: made once in the state folder).", valueName: "file"))
    var signingKey: String?

    func execute() async throws -> ExitStatus {
      let environment = ProcessInfo.processInfo.environment
      let (text, status) = try await BundleJob.build(
        fleet: fleet, policy: policy, output: output, state: StateFolder.path(option: state, environment: environment),
        signingKey: signingKey, environment: environment)
      standardOutput(Array(text.utf8))
      return status
    }
  }

  struct Verify: ReportingCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks a bundle against its manifest and signature: refuses any changed, missing or extra file.",
      discussion:
        "Trusts the keys given with --trust, or the state folder's own; never a key that comes with the bundle.")

    @Argument(help: "Folder of the bundle.")
    var folder: String

    @Option(
      help: ArgumentHelp("Public key file to trust; may be repeated (default: the state folder's).", valueName: "file"))
    var trust: [String] = []

    @Flag(help: "Accept a draft, which no audit has vetted.")
    var allowDraft = false

    @Option(help: ArgumentHelp("Folder for keys (default: $XDG_STATE_HOME/sigilo).", valueName: "dir"))
    var state: String?

    func execute() async throws -> ExitStatus {
      let (text, status) = try BundleJob.verify(
        folder, trust: trust, allowDraft: allowDraft,
        state: StateFolder.path(option: state, environment: ProcessInfo.processInfo.environment))
      standardOutput(Array(text.utf8))
      return status
    }
  }
}
