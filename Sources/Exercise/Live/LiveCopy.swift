import Engines
import Foundation
import Platform
import Syntax
import Vocabulary

/// A tree as a live run gives it to the servers, and what the run must see of it.
struct LiveCopy: Sendable {
  let compression: Compression
  let course: Course
  /// Names of the alerts that must tell of the fault: the one of the platform's table, or where the rules have none of
  /// that name, all that are about it.
  let alerts: [String]
  /// None of them has a `for`, so none is ever pending.
  let isImmediate: Bool
  /// False where every receiver is empty, so that nothing can be notified.
  let notifies: Bool
  let panels: [PanelQueries.Query]
  /// Sample names of the platform's exporters and of the tree's recording rules.
  let known: Set<String>
  let substitutions: [Substitution]

  private let prometheusFile: ConfigTree.File
  private let alertmanagerFile: ConfigTree.File
  private let rules: [Rewriting]

  /// - Throws: `Fault(.usage)` with line and column where a file does not parse.
  init(
    _ tree: ConfigTree, _ prometheusFile: ConfigTree.File, _ alertmanagerFile: ConfigTree.File,
    compression: Compression, course: Course, exported: Set<String>, targets: [PlatformTarget]
  ) throws(Fault) {
    self.compression = compression
    self.course = course
    self.prometheusFile = prometheusFile
    self.alertmanagerFile = alertmanagerFile
    rules = try tree.rules.map { file throws(Fault) in try Rewriting.rules(file, compression) }
    var panels: [PanelQueries.Query] = []
    for file in tree.dashboards { panels += try PanelQueries(file).queries }
    self.panels = panels

    let set = try RuleSet(tree.rules)
    known = exported.union(set.recorded)
    let plan = ScrapePlan(try YAMLDocument.parse(prometheusFile.bytes, path: prometheusFile.path))
    let jobs = Set(plan.jobs.filter { $0.kind != nil }.map(\.name))
    let about = set.alerts.map { AlertSubject($0, recorded: set.recorded, exported: exported, jobs: jobs) }
      .filter { $0.course == course && $0.isJudged }.map(\.alert)
    let named = about.filter { $0.name == course.alert }
    let chosen = named.isEmpty ? about : named
    alerts = Set(chosen.map(\.name)).sorted()
    isImmediate = chosen.allSatisfy { $0.hold.milliseconds == 0 }

    // Which port each part gets changes nothing in the list of what is replaced.
    let nowhere = LivePorts(prometheus: 0, alertmanager: 0, targets: targets.map { ($0, 0) })
    let scrapes = try Rewriting.prometheus(prometheusFile, ruleFiles: [], ports: nowhere, compression)
    let routes = try Rewriting.alertmanager(alertmanagerFile, webhook: Self.anyURL, compression)
    notifies = (routes.document["receivers"]?.array ?? []).contains { $0["webhook_configs"] != nil }
    substitutions = scrapes.substitutions + rules.flatMap(\.substitutions) + routes.substitutions
  }

  private static let anyURL = URL(fileURLWithPath: "/")

  func alertmanager(_ hook: URL) throws(Fault) -> Rewriting {
    try Rewriting.alertmanager(alertmanagerFile, webhook: hook, compression)
  }

  func prometheus(_ ports: LivePorts, ruleFiles: [String]) throws(Fault) -> Rewriting {
    try Rewriting.prometheus(prometheusFile, ruleFiles: ruleFiles, ports: ports, compression)
  }

  /// - Returns: Their paths.
  func writeRules(to folder: WorkFolder) throws(Fault) -> [String] {
    try rules.enumerated().map { index, rules throws(Fault) in
      try folder.write(rules.document.yaml, to: "rules/\(index).yaml")
    }
  }

  /// Prometheus's own waits, divided: how far it looks back for a sample (5 min), how often it repeats an alert (1 min).
  var flags: [String] {
    let lookback = compression.range(PrometheusDuration(seconds: 300))
    let resend = compression.interval(PrometheusDuration(seconds: 60))
    return ["--query.lookback-delta=\(lookback.text)", "--rules.alert.resend-delay=\(resend.text)"]
  }
}
