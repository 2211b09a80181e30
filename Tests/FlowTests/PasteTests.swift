import Testing
import Vocabulary

@testable import Contracts
@testable import Flow

/// Lines to paste mend what they stand beside: each is put where its finding points, and the tree is checked again.
@Suite struct PasteTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var rule: String
    var example: CheckExample
    var testDescription: String { "\(rule), example at line \(example.line)" }
  }

  @Test(
    arguments: ConfigChecks.all.flatMap { check in check.examples.map { Case(rule: check.rule, example: $0) } })
  func whatIsPastedMends(_ test: Case) throws {
    let file = ConfigFile(
      path: "example", role: test.example.role, bytes: Contract.marked(test.example.text).bytes)
    var tree = [file] + test.example.beside
    let found = ConfigChecks.check(ConfigFiles(tree), facts).filter { $0.path == "example" }
    let mended = found.filter { $0.rule == test.rule && !$0.paste.isEmpty }
    guard !mended.isEmpty else { return }
    // From the end, so that what is added moves nothing that is still to be mended.
    for finding in mended.reversed() { try tree.apply(finding) }
    let left = ConfigChecks.check(ConfigFiles(tree), facts).filter { $0.path == "example" }
    // Gone, or a remark where something lighter remains.
    let gravest = mended.map(\.severity).max() ?? .hygiene
    func grave(_ findings: [ConfigFinding]) -> Int {
      findings.count { $0.rule == test.rule && $0.severity >= gravest }
    }
    #expect(grave(left) == grave(found) - grave(mended))
    #expect(Set(left.map { $0.rule }).subtracting(found.map { $0.rule }) == [])
  }

  /// Checks that know no lines for some of what they find say nothing in their place.
  @Test func theseKnowNone() {
    var without: Set<String> = []
    for check in ConfigChecks.all {
      for example in check.examples {
        let file = ConfigFile(path: "example", role: example.role, bytes: Contract.marked(example.text).bytes)
        let findings = ConfigChecks.check(ConfigFiles([file] + example.beside), facts)
        if findings.contains(where: { $0.rule == check.rule && $0.paste.isEmpty }) { without.insert(check.rule) }
      }
    }
    #expect(
      without == [
        "alert-vanishes-with-target", "client-label-in-annotation", "client-label-in-variable", "dashboard-logs-panel",
        "dead-metric", "library-panel-unread", "log-line-in-label", "missing-severity-or-action",
        "promtail-drop-incomplete", "promtail-replace-without-group", "receiver-outside-site", "secret-in-config",
        "telemetry-outside-site", "threshold-out-of-range", "too-few-samples", "unreadable-expression",
      ])
  }
}

extension PasteLine {
  /// As it stands where every name may be printed.
  var string: String {
    text.map { word in
      switch word {
      case .words(let text), .name(let text): text
      }
    }.joined()
  }
}
