import Audit
import Flow
import Policy
import Testing
import Vocabulary

@testable import Jobs

/// Lines to paste are made from the user's file: what must not be printed is not in a report.
@Suite struct PastedLinesTests {
  private static let names = NameGuard(known: [], key: FingerprintKey(bytes: [UInt8](repeating: 3, count: 32)))

  private static func paste(_ expression: String) throws -> [String]? {
    let rules = "groups: [{name: g, rules: [{alert: A, expr: '\(expression)'}]}]\n"
    let found = ConfigChecks.check(
      ConfigFile(path: "rules.yml", role: .rules, bytes: Array(rules.utf8)),
      ContractFacts(try PolicySet.embedded().contracts.values))
    let finding = try #require(found.first { $0.rule == "client-label-in-alert" })
    return finding.finding(names: names).paste
  }

  @Test func ordinaryNamesAndPatternsStandInThem() throws {
    #expect(
      try Self.paste("sum by (model, user_agent) (litellm_requests_metric_total{job=~\"a|b.*\", model!=\"\"}) > 5")
        == ["expr: 'sum by (model) (litellm_requests_metric_total{job=~\"a|b.*\",model!=\"\"}) > 5'"])
  }

  @Test func textLeavesNoLines() throws {
    #expect(try Self.paste("sum by (user_agent) (litellm_requests_metric_total{model=\"a few words\"}) > 5") == nil)
    #expect(try Self.paste("sum by (user_agent) (litellm_requests_metric_total{model=\"palavração\"}) > 5") == nil)
    let long = String(repeating: "word.", count: 20)
    #expect(try Self.paste("sum by (user_agent) (litellm_requests_metric_total{model=~\"\(long)\"}) > 5") == nil)
  }
}
