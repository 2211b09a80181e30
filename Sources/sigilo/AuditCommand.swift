import ArgumentParser
import Jobs
import Reporting
import Vocabulary

struct AuditCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "The main job: checks a configuration, exercises its alerts on real Prometheus, scans every sink, seals.",
    discussion: """
      Without --configs the bundle is generated from the fleet inventory (built in, or --fleet). The synthetic platform \
      runs on loopback under canary load; real promtool, Prometheus and Alertmanager evaluate the rules, in virtual time \
      and live. On a pass the configuration is sealed under OUTPUT/bundle with a manifest and a signature.
      """)

  @Option(help: ArgumentHelp("Existing configuration tree to vet in place of a generated one.", valueName: "dir"))
  var configs: String?

  @Option(help: ArgumentHelp("Fleet inventory (default: built in).", valueName: "file"))
  var fleet: String?

  @Option(help: ArgumentHelp("Folder for reports and bundle (default: reports/<run>/).", valueName: "dir"))
  var output: String?

  @Option(
    help: ArgumentHelp("Seed of the synthetic platform (default: \(JobSettings.defaultSeed)).", valueName: "number"))
  var seed: UInt64 = JobSettings.defaultSeed

  @Option(
    help: ArgumentHelp(
      "Plant a leak that must be caught: \(AuditJob.leaks.joined(separator: ", ")) (default: none).", valueName: "name")
  )
  var leak: String?

  @Option(
    help: ArgumentHelp(
      "Fault to play live: \(AuditJob.courses.joined(separator: ", ")) (default: queue).", valueName: "course"))
  var course: String = "queue"

  @Option(
    help: ArgumentHelp("Ed25519 key that signs the bundle (default: made once in the state folder).", valueName: "file")
  )
  var signingKey: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let leak, !AuditJob.leaks.contains(leak) {
      throw ValidationError("There is no leak '\(leak)': use one of \(AuditJob.leaks.joined(separator: ", ")).")
    }
    if !AuditJob.courses.contains(course) {
      throw ValidationError("There is no course '\(course)': use one of \(AuditJob.courses.joined(separator: ", ")).")
    }
  }

  func execute() async throws -> ExitStatus {
    let console = Console(quiet: common.quiet, noColor: common.noColor, explains: common.explain)
    let request = AuditRequest(
      configs: configs, fleet: fleet, leak: leak, course: course, signingKey: signingKey)
    let result = try await AuditJob(request, common.settings(output: output, seed: seed)).run(
      progress: console.progress)
    try console.show(result.report, format: "terminal", folder: result.folder)
    return result.report.status
  }
}
