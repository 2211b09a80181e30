import Engines
import Platform
import Syntax
import Vocabulary

/// What both ways of asking share: the rules on disk, the recordings, one promtool run.
struct Stage {
  let run: VirtualTime
  let rules: RuleSet
  let plan: ScrapePlan
  let recordings: [Recording]
  let recorder: Recorder
  let folder: WorkFolder
  /// E.g. `promtool 2.42.0`.
  let subject: String
  private let ruleFiles: [String]

  /// - Parameter without: Names of alerts and recording rules to leave out.
  init(_ run: VirtualTime, _ tree: ConfigTree, without: Set<String> = []) async throws(Fault) {
    self.run = run
    subject = try await run.promtool.engine.subject()
    rules = try RuleSet(tree.rules)
    plan =
      try tree.prometheus.map { file throws(Fault) in ScrapePlan(try YAMLDocument.parse(file.bytes, path: file.path)) }
      ?? .standard
    var names: Set<String> = ["up"]
    for expression in rules.expressions { names.formUnion(PromQLNames.metricNames(in: expression)) }
    // What the conditions of the five read, so that they can be computed also where no rule reads it.
    names.formUnion(Condition.reads)
    recorder = Recorder(fleet: run.fleet, seed: run.seed, plan: plan, names: names)
    recordings = try await Self.recordings(recorder, run.record)

    let folder = try WorkFolder.create(in: run.parent)
    self.folder = folder
    do {
      ruleFiles = try tree.rules.enumerated().map { index, file throws(Fault) in
        let name = "rules/\(index).yaml"
        try folder.write(without.isEmpty ? file.bytes : try Self.rules(file, without: without), to: name)
        return name
      }
    } catch {
      folder.remove()
      throw error
    }
  }

  /// Ranges begin just after their left edge from Prometheus 3.0 on.
  var isLeftOpen: Bool {
    let version = subject.split(separator: " ").last ?? ""
    return (version.split(separator: ".").first.flatMap { Int($0) } ?? 2) >= 3
  }

  func ask(_ groups: [UnitTest.Group]) async throws(Fault) -> (UnitTestReport, bytes: [UInt8]) {
    let test = UnitTest(
      ruleFiles: ruleFiles, evaluationInterval: plan.evaluationInterval, order: rules.groups, groups: groups)
    let bytes = test.bytes
    let path = try folder.write(bytes, to: "courses.yaml")
    return (UnitTestReport(try await run.promtool.testRules([path])), bytes)
  }

  /// The courses side by side, in their order.
  private static func recordings(
    _ recorder: Recorder, _ record: @escaping @Sendable (Recorder, Course) async throws(Fault) -> Recording
  ) async throws(Fault) -> [Recording] {
    let results = await withTaskGroup(of: (Int, Result<Recording, Fault>).self) { group in
      for (index, course) in Course.allCases.enumerated() {
        group.addTask {
          do throws(Fault) { return (index, .success(try await record(recorder, course))) } catch {
            return (index, .failure(error))
          }
        }
      }
      var found: [(Int, Result<Recording, Fault>)] = []
      for await result in group { found.append(result) }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
    var recordings: [Recording] = []
    for result in results { recordings.append(try result.get()) }
    return recordings
  }

  private static func rules(_ file: ConfigTree.File, without names: Set<String>) throws(Fault) -> [UInt8] {
    var document = try YAMLDocument.parse(file.bytes, path: file.path)
    document.editEach("groups") { group, _ in
      let kept = (group["rules"]?.array ?? []).filter { rule in
        !names.contains(rule["alert"]?.string ?? rule["record"]?.string ?? "")
      }
      group.set("rules", to: .list(kept))
    }
    return document.yaml
  }
}
