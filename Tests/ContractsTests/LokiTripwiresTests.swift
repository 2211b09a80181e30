import Expressions
import Syntax
import Testing
import Vocabulary

@testable import Contracts

/// Rules for Loki's ruler and stages for Alloy, made from the clauses of every contract.
@Suite struct LokiTripwiresTests {
  private static let shape = LokiTripwires.Shape(
    id: "prompt", title: "A prompt {{ .x }}", remedy: "Stop it.", pattern: "prompt: '[^']+'", examples: ["prompt: 'oi'"]
  )
  private static let others = [
    LokiTripwires.Shape(id: "behind", title: "a", remedy: "b", pattern: "(?<=x)y", examples: ["xy"]),
    // RE2 reads it, and means something else by it.
    LokiTripwires.Shape(id: "other", title: "a", remedy: "b", pattern: #"^\v$"#, examples: ["\n"]),
  ]

  private static func claimsLines(_ contract: Contract) -> Bool {
    contract.logs.contains { if case .forbidden = $0.standing { false } else { true } }
  }

  /// The literal in an expression of LogQL, as Go's `strconv.Unquote` reads it, and the operator before it.
  private func filter(of expression: String) throws -> (operation: String, expression: RE2Matcher) {
    let match = try #require(
      expression.wholeMatch(
        of: /sum by \(job, node\) \(count_over_time\(\{job="[a-z-]+"\} (!~|\|~) ("(?:[^"\\]|\\.)*") \[5m\]\)\) > 0/))
    return (String(match.output.1), RE2Matcher(try RE2(unquoted(match.output.2))))
  }

  private func unquoted(_ literal: Substring) throws -> String {
    String(decoding: try GoString.read(Array(literal.utf8), at: 0, as: .go).value, as: UTF8.self)
  }

  @Test(arguments: ContractFilesTests.names)
  func theyFireOnWhatIsUnclaimedAndCarryNothing(_ name: String) throws {
    let contract = try ContractFilesTests.contract(name)
    guard Self.claimsLines(contract) else { return }
    let names = contract.exampleNames
    let text = try LokiTripwires(contract, names: names, labels: ["node"], shapes: [Self.shape] + Self.others).yaml
    #expect(text.contains("# Rules of the policy that RE2's language cannot say: behind, other."))
    let group = try #require(try YAMLDocument.parse(Array(text.utf8))["groups"]?[0])
    let rules = try #require(group["rules"]?.array)
    #expect(rules.map { $0["alert"]?.string } == ["ContractUnclaimedLine", "ContentInLog"])
    for rule in rules {
      #expect(rule["labels"]?["severity"]?.string != nil && rule["annotations"]?["action"]?.string != nil)
      for entry in rule["annotations"]?.mapping ?? [] {
        let uses = (entry.value.string ?? "").matches(of: /\{\{(.*?)\}\}/).map(\.output.1)
        #expect(Set(uses).isSubset(of: [" $labels.job ", " $labels.node ", " $value "]))
      }
    }
    let unclaimed = try filter(of: try #require(rules[0]["expr"]?.string))
    let content = try filter(of: try #require(rules[1]["expr"]?.string))
    #expect(unclaimed.operation == "!~" && content.operation == "|~")
    var matcher = ContractMatcher(try CompiledContract(contract, names: names))
    for clause in contract.logs {
      for line in (clause.examples + clause.counterExamples).flatMap({ $0.split(separator: "\n") }) {
        for line in [Array(line.utf8), Array(line.utf8) + Array(" prompt: 'oi'".utf8)] {
          // Silence is for claimed lines alone. (A few of these make noise: the ones that only follow others.)
          let isClaimed = line.withUnsafeBytes { matcher.line($0, 0..<$0.count) } == nil
          #expect(isClaimed || !unclaimed.expression.matches(line), "\(clause.id)")
        }
      }
    }
    #expect(content.expression.matches(Array("a prompt: 'oi'".utf8)) && !content.expression.matches(Array("a".utf8)))
  }

  @Test(arguments: ContractFilesTests.names)
  func alloysStagesAreThoseOfPromtail(_ name: String) throws {
    let contract = try ContractFilesTests.contract(name)
    guard Self.claimsLines(contract) else { return }
    let names = contract.exampleNames
    let text = try AlloyAllowList(contract, names: names, labels: ["job"]).configuration
    let stages = text.matches(of: /\n  stage\.([a-z_]+) \{/).map { String($0.output.1) }
    #expect(
      stages == ["template", "label_drop", "regex", "template", "labels", "match", "output", "label_keep"])
    let literal = try #require(text.firstMatch(of: /expression = ("(?:[^"\\]|\\.)*")\n/)?.output.1)
    let promtail = try YAMLDocument.parse(Array(try PromtailAllowList(contract, names: names).yaml.utf8))
    let expression = promtail["pipeline_stages"]?.array?.compactMap { $0["regex"]?["expression"]?.string }
    #expect(expression == [try unquoted(literal)])
    #expect(text.contains("not run on Alloy") && text.contains("allow_structured_metadata: false"))
    #expect(text.contains("loki.process \"contract_"))
  }
}
