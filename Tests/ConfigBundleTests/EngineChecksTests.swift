import Engines
import Flow
import Testing
import Vocabulary

@testable import ConfigBundle

@Suite struct EngineChecksTests {
  @Test(.enabled(if: canTest(.promtool) && canTest(.amtool), "promtool or amtool is not installed"))
  func programsAcceptTheGeneratedBundle() async throws {
    let result = try await EngineChecks.run(on: GeneratorTests.bundle)
    #expect(result.findings.isEmpty)
    #expect(result.checks.map(\.outcome) == [.passed, .passed, .passed])
    #expect(result.checks.allSatisfy { $0.subject?.contains("tool ") == true })
  }

  @Test(.enabled(if: canTest(.promtool) && canTest(.amtool), "promtool or amtool is not installed"))
  func refusalsAreFindingsWithoutTheFilesValues() async throws {
    let result = try await EngineChecks.run(
      on: ConfigFiles([
        file("prometheus.yml", .prometheusConfig, "global:\n  scrape_interval: \"SECRET PROSE\"\n"),
        file(
          "rules/a.yml", .rules,
          "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: rate(up{job=\"SECRET PROSE\"}\n"),
        file("alertmanager.yml", .alertmanagerConfig, "route: {receiver: SECRETPROSE}\nreceivers: [{name: a}]\n"),
      ]))
    #expect(
      result.findings.map { "\($0.rule) \($0.path) \($0.severity)" } == [
        "promtool-refuses prometheus.yml exposure", "promtool-refuses rules/a.yml exposure",
        "amtool-refuses alertmanager.yml exposure",
      ])
    #expect(result.findings[1].line == 5 && result.findings[1].message.contains("parse error"))
    #expect(result.findings[2].message.contains("undefined receiver"))
    #expect(!result.findings.contains { $0.message.contains("SECRET") || $0.message.contains("/tmp") })
  }

  @Test(.enabled(if: canTest(.promtool), "promtool is not installed"))
  func othersRulesAreSkippedAloud() async throws {
    let result = try await EngineChecks.run(
      on: ConfigFiles([
        file(
          "loki.yml", .rules,
          "groups: [{name: g, rules: [{alert: A, expr: 'count_over_time({job=\"x\"} |= \"y\" [5m]) > 0'}]}]"),
        file("resource.yml", .rules, "kind: PrometheusRule\nspec: {groups: []}\n"),
      ]))
    #expect(result.findings.isEmpty && result.checks.map(\.outcome) == [.skipped, .skipped])
  }

  @Test func nothingToCheckNeedsNoProgram() async throws {
    let result = try await EngineChecks.run(on: ConfigFiles([file("a.txt", .other, "x")]))
    #expect(result.checks.isEmpty)
  }

  @Test func refusalsAreShortAndPrintable() {
    let output = CommandResult(
      exit: 1,
      stderr: Array(
        "FAILED: /folder/x.yml: line 7: bad 'a\u{1B}b' can't `c` \"open \(String(repeating: "z", count: 900))".utf8))
    let refusal = Refusal(output, folder: "/folder")
    #expect(refusal.message == "line 7: bad … can't … …" && refusal.line == 7)
    let long = CommandResult(exit: 1, stderr: Array(String(repeating: "y ", count: 900).utf8))
    #expect(Refusal(long, folder: "/folder").message.count == 300)
  }

  private func file(_ path: String, _ role: FileRole, _ text: String) -> ConfigFile {
    ConfigFile(path: path, role: role, bytes: Array(text.utf8))
  }
}
