import Engines
import Platform
import Syntax
import Testing
import Vocabulary

@testable import Exercise

@Suite(.enabled(if: canTest(.promtool), "promtool is not installed"))
struct VirtualTimeTests {
  private let run: VirtualTime

  init() throws {
    var run = VirtualTime(promtool: try Promtool.find(), fleet: Samples.fleet)
    run.record = { (recorder, course) async throws(Fault) in try await Shelf.shared.recording(recorder, course) }
    self.run = run
  }

  @Test func theGeneratedFiveFireWhenTheyMustAndAtNoOtherTime() async throws {
    let tree = try Samples.generated(Samples.fleet)
    let result = try await run.checkOwn(tree)
    #expect(result.checks.compactMap { $0.outcome == .failed ? $0.detail : nil } == [])
    #expect(result.checks.map(\.outcome) == Course.allCases.map { _ in .passed })
    #expect(Set(result.checks.map(\.name)).count == Course.allCases.count)

    // What is handed out runs beside the bundle.
    let folder = try WorkFolder.create()
    defer { folder.remove() }
    for file in tree.rules { try folder.write(file.bytes, to: "bundle/\(file.path)") }
    let tests = try folder.write(try #require(result.unitTests), to: "alerts.test.yaml")
    #expect(try await run.promtool.testRules([tests]).isSuccess)
  }

  /// Each change to a rule must be seen at the very course that it is about.
  @Test(arguments: [
    ("for: 2m", "for: 2m15s", Course?.none), ("== 0', for: 2m", "== 1', for: 2m", .nodeDown),
    (" > 0.95", " > 0.995", .memory), ("TEMP > 80", "TEMP > 82", .temperature), ("[5m]", "[2m]", .errors),
    ("[5m])) > 0.05", "[5m])) > 0.06", .errors), (" > 10', for: 5m", " > 40', for: 5m", .queue),
    ("alert: QueueSaturation", "alert: Other", .queue),
  ])
  func aWrongRuleFails(old: String, new: String, course: Course?) async throws {
    let text = String(decoding: Samples.five.bytes, as: UTF8.self)
    try #require(text.contains(old))
    let tree = ConfigTree(rules: [Samples.file("rules/five.yaml", text.replacing(old, with: new))])
    let result = try await run.checkOwn(tree)
    let failed = result.checks.filter { $0.outcome == .failed }.map(\.name)
    if let course {
      #expect(failed.contains { $0.contains("course \(course.rawValue) ") })
    } else {
      // A longer `for` is no defect: the moment is computed from the rule.
      #expect(failed == [])
    }
  }

  @Test func deadFormsAreFound() async throws {
    let result = try await run.survey(ConfigTree(rules: [Samples.documented]))
    let found = result.findings.map { "\($0.rule) \($0.alert ?? "-")@\($0.line ?? 0)" }
    #expect(
      found == [
        "alert-never-fires GPUMemory@5", "alert-never-fires LiteLLMErrors@7", "fault-unnoticed -@0",
        "fault-unnoticed -@0",
      ])
    #expect(result.findings.filter { $0.rule == "alert-never-fires" }.allSatisfy { $0.message.contains("export") })
    #expect(result.checks.filter { $0.outcome == .failed }.count == 2)
  }

  @Test func withoutRulesEveryFaultIsUnnoticed() async throws {
    let result = try await run.survey(ConfigTree())
    #expect(result.findings.map(\.rule) == Array(repeating: "fault-unnoticed", count: 5))
  }

  @Test func rulesThatNoticeEveryFaultHaveNoFinding() async throws {
    let result = try await run.survey(Samples.generated(Samples.fleet))
    #expect(result.findings.isEmpty)
    #expect(result.checks.allSatisfy { $0.outcome == .passed })
  }

  @Test func anAlertThatFiresWithoutAFaultIsFound() async throws {
    let noisy = Samples.file(
      "rules/noisy.yaml",
      """
      groups:
        - name: noisy
          rules:
            - {alert: Busy, expr: DCGM_FI_DEV_FB_USED > 100}
            - {alert: Watchdog, expr: vector(1)}
            - {alert: RedisDown, expr: 'absent(redis_up)'}
            - {alert: OtherJob, expr: 'absent(up{job="redis"})'}
      """)
    let result = try await run.survey(ConfigTree(rules: [Samples.five, noisy]))
    #expect(result.findings.map(\.rule) == ["alert-fires-when-healthy"])
    #expect(result.findings.first?.alert == "Busy")
    #expect(result.findings.first?.line == 4)
  }

  @Test func aRuleWhoseEvaluationFailsIsSetAside() async throws {
    let broken = Samples.file(
      "rules/broken.yaml",
      """
      groups:
        - name: broken
          rules:
            - {alert: ManyToMany, expr: DCGM_FI_DEV_FB_USED / on (job) DCGM_FI_DEV_FB_FREE > 100}
      """)
    let result = try await run.survey(ConfigTree(rules: [Samples.five, broken]))
    #expect(result.findings.map(\.rule) == ["alert-evaluation-fails"])
  }

  /// Which of two rules of one name fails is told by its line.
  @Test func rulesOfOneNameAreToldApart() async throws {
    let twins = Samples.file(
      "rules/twins.yaml",
      """
      groups:
        - name: twins
          rules:
            - {alert: Twin, expr: up == 3}
            - {alert: Twin, expr: DCGM_FI_DEV_FB_USED / on (job) DCGM_FI_DEV_FB_FREE > 100}
            - {alert: Twin, expr: up == 1}
      """)
    let result = try await run.survey(ConfigTree(rules: [Samples.five, twins]))
    #expect(
      result.findings.map { "\($0.rule)@\($0.line ?? 0)" } == [
        "alert-evaluation-fails@5", "alert-fires-when-healthy@6",
      ])
  }

  @Test func aRefusedFileIsAFailedCheckAndTheOthersAreExercised() async throws {
    let refused = Samples.file("rules/refused.yaml", "groups: [{name: a, rules: [{alert: A, expr: 'sum('}]}]\n")
    let (tree, checks) = try await ConfigTree(rules: [refused, Samples.five]).accepted(by: run.promtool)
    #expect(tree.rules.map(\.path) == ["rules/five.yaml"])
    #expect(checks.map(\.name) == ["rules/refused.yaml can be exercised"])
    #expect(checks.map(\.outcome) == [.failed])
  }

  @Test func aJobThatTheConfigurationNamesOtherwiseIsTold() async throws {
    let config = Samples.file(
      "prometheus.yaml",
      """
      global: {scrape_interval: 30s, evaluation_interval: 30s}
      scrape_configs:
        - {job_name: vllm-prod, static_configs: [{targets: ['gpu-node1:8000']}]}
      """)
    let result = try await run.survey(ConfigTree(prometheus: config, rules: [Samples.five]))
    let finding = result.findings.first { $0.alert == "VLLMDown" }
    #expect(finding?.message.contains("job that the Prometheus configuration does not scrape") == true)
  }

  @Test func namesThatMayBeFreeTextAreNotRepeated() async throws {
    let rules = Samples.file(
      "rules/free.yaml", "groups: [{name: a, rules: [{alert: 'two words', expr: DCGM_FI_DEV_GPU_TEMP > 10}]}]\n")
    let result = try await run.survey(ConfigTree(rules: [rules]))
    #expect(result.findings.contains { $0.rule == "alert-fires-when-healthy" && $0.alert == nil && $0.line == 1 })
    #expect(!result.findings.contains { $0.message.contains("two words") })
    #expect(!result.checks.contains { $0.detail?.contains("two words") == true })
  }
}

/// Courses recorded once for all tests, with every series that one of them reads.
private actor Shelf {
  static let shared = Shelf()
  private var tasks: [String: Task<Recording, any Error>] = [:]

  func recording(_ recorder: Recorder, _ course: Course) async throws(Fault) -> Recording {
    var recorder = recorder
    recorder.names = Condition.reads
    let key = "\(course) \(recorder.plan.jobs.map { "\($0.name)\($0.interval.text)" })"
    let task = tasks[key] ?? Task { [recorder] in try await recorder.record(course) }
    tasks[key] = task
    do { return try await task.value } catch { throw Fault(.internal, "a course could not be recorded") }
  }
}
