import Policy
import Syntax
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

  /// The same of settings of configuration files that contracts want otherwise.
  @Test func settingsAreSetAsTheirContractsWant() throws {
    var count = 0
    for clause in try PolicySet.embedded().contracts.values.flatMap(\.settings) where !clause.carriers.keys.isEmpty {
      for text in clause.counterExamples {
        let bytes = Contract.marked(text).bytes
        var tree = [ConfigFile(path: "example", role: .recognise(path: "example", bytes: bytes), bytes: bytes)]
        let found = ConfigChecks.check(ConfigFiles(tree), facts)
        let mended = found.filter { !$0.paste.isEmpty && $0.rule.hasPrefix(clause.rule) }
        count += mended.count
        for finding in mended.reversed() { try tree.apply(finding) }
        let left = ConfigChecks.check(ConfigFiles(tree), facts).filter { $0.rule.hasPrefix(clause.rule) }
        #expect(left.allSatisfy { $0.paste.isEmpty }, "\(clause.id)")
        #expect(left.count <= found.count { $0.rule.hasPrefix(clause.rule) } - mended.count, "\(clause.id)")
      }
    }
    #expect(count > 20)
  }

  private static let recordings = """
    groups:
      - name: g
        rules:
          - record: gateway:requests:rate5m
            expr: sum without (instance) (rate(litellm_proxy_total_requests_metric_total[5m]))
          - record: gateway:agents:rate5m
            expr: sum by (user_agent) (gateway:requests:rate5m)
          - record: gateway:agents:max
            expr: max by (job, user_agent) (litellm_requests_metric_total)
    """

  @Test(
    arguments: [
      // A sum of rates is one whatever it is called, and has no labels but those that its rule leaves it.
      ("gateway:requests:rate5m", "sum by (job) (gateway:requests:rate5m)"),
      ("gateway:agents:rate5m", "sum(gateway:agents:rate5m)"),
      ("gateway:agents:max", "max by (job) (gateway:agents:max)"),
      // Series of several metrics stay apart, and where their names are gone nobody knows what they were.
      (
        #"{__name__=~"litellm_.*_metric_total"}"#,
        #"max by (__name__, job, instance) ({__name__=~"litellm_.*_metric_total"})"#
      ),
      (#"rate({__name__=~"litellm_.*_metric_total"}[5m])"#, nil),
      (
        #"sum without (pod) ({__name__=~"litellm_.*_metric_total"})"#,
        #"sum by (job, instance) (sum without (pod) ({__name__=~"litellm_.*_metric_total"}))"#
      ),
    ] as [(String, String?)])
  func whatTakesThePlaceOfAQuerySaysTheSame(query: String, closed: String?) throws {
    var builder = CheckedTree.Builder(facts)
    for file in configFiles(["rules.yml": Self.recordings]).files { builder.add(file) }
    let tree = builder.tree()
    let expression = try PromQLExpression.parse(query)
    let open = Set(tree.series.traces(toAnyOf: expression.labels()).map(\.arrival))
    #expect(ClosedQuery(tree: tree, open: open).text(for: expression) == closed)
  }

  /// One count of the program becomes many, one for each client: they are summed, in the words of the remedy.
  @Test(
    arguments: [
      (
        "rate(litellm_errors[5m]) > 0.05",
        #"sum by (job) (rate(litellm_proxy_failed_requests_metric_total{exception_status=~"5..|408"}[5m])) > 0.05"#
      ),
      (
        "sum(rate(litellm_errors_total[5m])) > 0.05",
        #"sum(rate(litellm_proxy_failed_requests_metric_total{exception_status=~"5..|408"}[5m])) > 0.05"#
      ),
    ])
  func whatLiteLLMCountsByClientIsSummed(query: String, mended: String) {
    let rules = "groups:\n- name: g\n  rules:\n  - {alert: A, expr: '\(query)'}\n"
    let finding = ConfigChecks.check(configFiles(["r.yml": rules]), facts).first { $0.rule == "dead-metric" }
    #expect(finding?.paste.map(\.string) == ["expr: '\(mended)'"])
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
        "client-label-in-annotation", "client-label-in-variable", "dead-metric", "library-panel-unread",
        "missing-severity-or-action", "promtail-drop-incomplete", "receiver-outside-site", "secret-in-config",
        "telemetry-outside-site", "threshold-out-of-range", "unreadable-expression",
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
