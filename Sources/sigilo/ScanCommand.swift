import ArgumentParser
import Jobs
import Reporting
import Vocabulary

struct ScanCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Judges files, folders and live endpoints; the CI gate.",
    discussion: """
      Kinds of file are told by content: logs, expositions, rule files, dashboards, configurations, templates, Loki and \
      Prometheus API answers. What does not parse is judged as text. Nothing is written but with --output and --update-baseline.
      """)

  @Argument(help: ArgumentHelp("Files or folders; - is standard input.", valueName: "path"))
  var paths: [String] = []

  @Option(help: ArgumentHelp("Exposition to scrape; may be repeated.", valueName: "url"))
  var exporter: [String] = []

  @Option(help: ArgumentHelp("Prometheus to read: label names and values, series, alerts, rules.", valueName: "url"))
  var prometheus: [String] = []

  @Option(help: ArgumentHelp("Loki to read: streams, lines, structured metadata.", valueName: "url"))
  var loki: [String] = []

  @Option(help: ArgumentHelp("Alertmanager to read: alerts and silences.", valueName: "url"))
  var alertmanager: [String] = []

  @Option(help: ArgumentHelp("How far back to read Loki, e.g. 30m, 6h, 2d (default: 1h).", valueName: "duration"))
  var since: String = "1h"

  @Option(help: ArgumentHelp("Loki tenant, sent as X-Scope-OrgID (default: none).", valueName: "name"))
  var tenant: String?

  @Option(
    help: ArgumentHelp(
      "Contract that everything read is held to, see sigilo contract list (default: none).", valueName: "name"))
  var source: String?

  @Flag(help: "Telemetry that is bound to no contract is a finding.")
  var closed = false

  @OptionGroup var known: BaselineOptions

  @OptionGroup var scan: ScanOptions

  @Option(help: ArgumentHelp("Files that are read at the same time (default: one a core).", valueName: "n"))
  var jobs: Int?

  @Flag(help: ArgumentHelp(referenceHelp))
  var reference = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if paths.isEmpty && exporter.isEmpty && prometheus.isEmpty && loki.isEmpty && alertmanager.isEmpty {
      throw ValidationError("Nothing to scan: name a path or an endpoint, e.g. sigilo scan configs/ --loki http://…")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1 on.") }
  }

  func execute() async throws -> ExitStatus {
    let console = Console(quiet: common.quiet, noColor: common.noColor, explains: common.explain)
    let request = ScanRequest(
      paths: paths, exporters: exporter, prometheus: prometheus, loki: loki, alertmanager: alertmanager,
      since: since, tenant: tenant, source: source, fleet: scan.fleet, isClosed: closed,
      baseline: known.baseline, addsToBaseline: known.updateBaseline, prunesBaseline: known.pruneBaseline)
    let report = try await ScanJob(request, common.settings(output: scan.output, isReference: reference, workers: jobs))
      .run(
        progress: console.progress)
    try console.show(report, format: scan.format, folder: scan.output)
    return report.status
  }
}
