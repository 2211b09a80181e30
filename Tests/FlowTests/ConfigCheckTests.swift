import Testing
import Vocabulary

@testable import Contracts
@testable import Flow

@Suite struct ConfigCheckTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var check: any ConfigCheck.Type
    var example: CheckExample
    var testDescription: String { "\(check.rule), example at line \(example.line)" }
  }

  @Test(arguments: ConfigChecks.all.flatMap { check in check.examples.map { Case(check: check, example: $0) } })
  func examplesAreReportedAtTheirMarks(_ test: Case) {
    let marked = Contract.marked(test.example.text)
    #expect(!marked.places.isEmpty)
    #expect(places(test) == marked.places)
  }

  @Test(arguments: ConfigChecks.all.flatMap { check in check.counterExamples.map { Case(check: check, example: $0) } })
  func counterExamplesAreNot(_ test: Case) { #expect(places(test).isEmpty) }

  @Test func everyCheckHasItsOwnNameAndBothKindsOfExample() {
    #expect(Set(ConfigChecks.all.map { $0.rule }).count == ConfigChecks.all.count)
    #expect(ConfigChecks.all.allSatisfy { !$0.examples.isEmpty && !$0.counterExamples.isEmpty })
  }

  /// Broken files must neither crash a check nor be reported by it: each example cut off at every tenth byte. INI is read line by
  /// line, so that what stands before a broken one is found.
  @Test func brokenFilesAreNoTrouble() {
    for check in ConfigChecks.all {
      for example in check.examples {
        let text = Contract.marked(example.text).bytes
        for end in stride(from: 0, to: text.count, by: 10) {
          let file = ConfigFile(path: "cut", role: example.role, bytes: Array(text[..<end]) + [0xFF])
          // These are read line by line, as far as they go.
          if ![.promtailConfig, .grafanaConfig, .alloyConfig, .other].contains(example.role) {
            #expect(ConfigChecks.check(file, facts).isEmpty, "\(check.rule), \(end) bytes")
          }
        }
      }
    }
  }

  @Test func everyCheckHasItsPage() {
    for check in ConfigChecks.all {
      let page = ConfigChecks.explanation(of: check.rule) ?? ""
      #expect(page.hasPrefix("\(check.rule): \(check.title)") && page.contains(check.why))
      #expect(page.contains("↓") && page.contains("Not found"))
    }
    #expect(ConfigChecks.explanation(of: "none") == nil)
  }

  private func places(_ test: Case) -> [String] {
    let file = ConfigFile(
      path: "example", role: test.example.role, bytes: Contract.marked(test.example.text).bytes)
    return ConfigChecks.check(ConfigFiles([file] + test.example.beside), facts)
      .filter { $0.path == "example" && $0.rule == test.check.rule }.map { "\($0.line ?? 0):\($0.column ?? 0)" }
  }
}
