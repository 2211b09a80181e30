public import Engines
public import Fleet
public import Platform
import Syntax
public import Vocabulary

/// Plays every course of the platform against alert rules in simulated time: hours in seconds, judged by the real promtool.
///
/// The series are what the platform's model would have been scraped for; relabelling is not applied here (the live run has
/// it).
public struct VirtualTime: Sendable {
  public var promtool: Promtool
  public var fleet: Fleet
  public var seed: UInt64
  /// What the site's own files make the exporters expose.
  public var exporters: ExporterSettings
  /// Where its files stand for the time of the run; nil for the system's temporary folder.
  public var parent: String?
  /// How a course becomes a recording; tests share recordings.
  var record: @Sendable (Recorder, Course) async throws(Fault) -> Recording = { recorder, course in
    try await recorder.record(course)
  }

  public init(
    promtool: Promtool, fleet: Fleet, seed: UInt64 = 1, exporters: ExporterSettings = ExporterSettings(),
    parent: String? = nil
  ) {
    self.promtool = promtool
    self.fleet = fleet
    self.seed = seed
    self.exporters = exporters
    self.parent = parent
  }

  public struct Result: Sendable {
    public var checks: [Check]
    public var findings: [ExerciseFinding]
    /// The unit tests that promtool ran on the platform's own alerts, to be run again by anyone; nil for a user's tree.
    public var unitTests: [UInt8]?
  }

  /// The platform's own rules: each of the five alerts is checked at the step before it must fire, at that step, after it,
  /// and when the fault is over; the healthy course must be silent.
  ///
  /// - Parameter bundle: Folder, beside the unit tests that are returned, where the tree will stand.
  /// - Throws: `Fault(.incomplete)` where promtool does not run; `Fault(.usage)` where a file is no YAML.
  public func checkOwn(_ tree: ConfigTree, bundle: String = "bundle") async throws(Fault) -> Result {
    let rules = try RuleSet(tree.rules)
    let names = Condition.reads.union(rules.expressions.flatMap { PromQLReading(ofAnyText: $0).metrics })
    let stage = try await Stage(self, rules, recorder(try plan(tree), names))
    defer { stage.folder.remove() }
    let files = tree.rules.map { "\(bundle)/\($0.path)" }
    for (name, file) in zip(files, tree.rules) { try stage.folder.write(file.bytes, to: name) }
    var expected: [ExpectedAlerts] = []
    var groups: [UnitTest.Group] = []
    for recording in stage.recordings {
      let condition = Condition(recording: recording, isLeftOpen: stage.isLeftOpen)
      let alerts = ExpectedAlerts(condition, rules: stage.rules, interval: stage.plan.evaluationInterval)
      expected.append(alerts)
      groups.append(UnitTest.Group(recording: recording, questions: alerts.moments.map(\.question)))
    }
    let (report, bytes) = try await stage.ask(groups.filter { !$0.questions.isEmpty }, ruleFiles: files)
    guard !report.isRefused, report.failedRules.isEmpty else {
      throw Fault(
        .findings, "promtool refuses the rules in a unit test", at: Location(path: tree.rules.first?.path),
        remedy: "run promtool check rules on them")
    }
    return Result(
      checks: expected.map { $0.check(report, subject: stage.subject) }, findings: [], unitTests: bytes)
  }

  /// Any rules that promtool takes (see `ConfigTree.accepted(by:)`): which of them notice which fault, which can never fire,
  /// which fire without a fault.
  ///
  /// - Throws: `Fault(.incomplete)` where promtool does not run; `Fault(.usage)` where a file is no YAML.
  public func survey(_ tree: ConfigTree) async throws(Fault) -> Result {
    let rules = try RuleSet(tree.rules)
    let plan = try plan(tree)
    let exported = try recorder(plan, []).exportedNames()
    let copy = SurveyRules(rules, exported: exported)
    let stage = try await Stage(self, rules, recorder(plan, copy.names))
    defer { stage.folder.remove() }
    let groups = stage.recordings.map {
      UnitTest.Group(recording: $0, questions: Survey.questions($0, interval: plan.evaluationInterval))
    }
    var failed: Set<String> = []
    while true {
      let files = try stage.write(copy.documents(leaving: failed).map(\.yaml))
      let report = try await stage.askInHalves(groups, ruleFiles: files)
      guard !report.isRefused else {
        throw Fault(
          .incomplete, "promtool does not run these rules in a unit test", at: Location(path: tree.rules.first?.path),
          remedy: "run promtool check rules on them")
      }
      // A rule whose evaluation fails ends its course's test; it is set aside and the rest is asked again.
      let more = report.failedRules.subtracting(failed)
      if !more.isEmpty {
        failed.formUnion(more)
        continue
      }
      let conclusions = Conclusions(
        copy, plan, exported: exported, surveys: stage.recordings.map { Survey(report, course: $0.course) },
        failed: failed, subject: stage.subject)
      return Result(checks: conclusions.checks, findings: conclusions.findings, unitTests: nil)
    }
  }

  private func recorder(_ plan: ScrapePlan, _ names: Set<String>) -> Recorder {
    Recorder(fleet: fleet, seed: seed, exporters: exporters, plan: plan, names: names.union(["up"]))
  }

  private func plan(_ tree: ConfigTree) throws(Fault) -> ScrapePlan {
    guard let file = tree.prometheus else { return .standard }
    return ScrapePlan(try YAMLDocument.parse(file.bytes, path: file.path))
  }
}
