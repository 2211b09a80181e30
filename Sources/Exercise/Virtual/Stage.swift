import Engines
import Platform
import Syntax
import Vocabulary

/// What both ways of asking share: the rules as parsed, the recordings of all courses, runs of promtool.
struct Stage: Sendable {
  let promtool: Promtool
  let rules: RuleSet
  let plan: ScrapePlan
  let recordings: [Recording]
  let folder: WorkFolder
  /// E.g. `promtool 2.42.0`.
  let subject: String

  init(_ run: VirtualTime, _ rules: RuleSet, _ recorder: Recorder) async throws(Fault) {
    promtool = run.promtool
    self.rules = rules
    plan = recorder.plan
    subject = try await run.promtool.engine.subject()
    recordings = try await Self.recordings(recorder, run.record)
    folder = try WorkFolder.create(in: run.parent)
  }

  /// Ranges begin just after their left edge from Prometheus 3.0 on.
  var isLeftOpen: Bool {
    let version = subject.split(separator: " ").last ?? ""
    return (version.split(separator: ".").first.flatMap { Int($0) } ?? 2) >= 3
  }

  /// Writes rule files and returns their names, relative to the folder.
  func write(_ files: [[UInt8]]) throws(Fault) -> [String] {
    let names = files.indices.map { "rules/\($0).yaml" }
    for (name, bytes) in zip(names, files) { try folder.write(bytes, to: name) }
    return names
  }

  /// One promtool run.
  func ask(
    _ groups: [UnitTest.Group], ruleFiles: [String], as name: String = "courses.yaml"
  ) async throws(Fault) -> (report: UnitTestReport, bytes: [UInt8]) {
    let test = UnitTest(
      ruleFiles: ruleFiles, evaluationInterval: plan.evaluationInterval, order: rules.groups, groups: groups)
    let bytes = test.bytes
    let path = try folder.write(bytes, to: name)
    return (UnitTestReport(try await promtool.testRules([path])), bytes)
  }

  /// Two promtool runs side by side, each with half of the groups: promtool itself takes one after the other.
  func askInHalves(_ groups: [UnitTest.Group], ruleFiles: [String]) async throws(Fault) -> UnitTestReport {
    let halves = (0..<2).map { half in groups.enumerated().filter { $0.offset % 2 == half }.map(\.element) }
    async let first = outcome(halves[0], ruleFiles, "first.yaml")
    async let second = outcome(halves[1], ruleFiles, "second.yaml")
    let (one, other) = (await first, await second)
    return try one.get().merged(with: try other.get())
  }

  private func outcome(
    _ groups: [UnitTest.Group], _ ruleFiles: [String], _ name: String
  ) async -> Result<UnitTestReport, Fault> {
    do throws(Fault) {
      return .success(try await ask(groups, ruleFiles: ruleFiles, as: name).report)
    } catch {
      return .failure(error)
    }
  }

  /// The courses side by side, in their order.
  private static func recordings(
    _ recorder: Recorder, _ record: @escaping @Sendable (Recorder, Course) async throws(Fault) -> Recording
  ) async throws(Fault) -> [Recording] {
    let results = await withTaskGroup(of: (Int, Result<Recording, Fault>).self) { group in
      for (index, course) in Course.allCases.enumerated() {
        group.addTask {
          do throws(Fault) {
            return (index, .success(try await record(recorder, course)))
          } catch {
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
}
