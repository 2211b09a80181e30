import Testing
import Vocabulary

@testable import Contracts

@Suite struct ReaderTests {
  private static let head = """
    version: 1
    source: demo
    title: {en: a demo, pt-BR: uma demonstração}
    versions: '1'
    facts: [made up]

    """

  private static func metric(_ id: String, _ families: String, _ more: String = "") -> String {
    """
      - id: \(id)
        title: {en: a, pt-BR: a}
        type: gauge
        families: [\(families)]
        examples: [\(families) 1]
        counter_examples: ['\(families){a="b"} 1']
    \(more)
    """
  }

  private static func log(_ id: String, _ line: String) -> String {
    """
      - id: \(id)
        title: {en: a, pt-BR: a}
        lines: ['\(line)']
        examples: ['x']
        counter_examples: ['y']

    """
  }

  /// What is wrong, with line and column, and a word of the error.
  @Test(arguments: [
    ("versions: 2\n", 4, 1, "repeated"),
    ("colour: red\n", 6, 1, "unknown key"),
    ("metrics:\n  - id: A\n", 7, 9, "small letters"),
    ("metrics:\n" + metric("a", "x", "    labels: {l: '{text}'}\n"), 13, 19, "type of slot"),
    ("metrics:\n" + metric("a", "x", "    labels: {l: '{int'}\n"), 13, 19, "`}` is expected"),
    ("metrics:\n" + metric("a", "x", "    with: [nobody]\n"), 13, 12, "set of labels"),
    ("metrics:\n" + metric("a", "x") + metric("a", "y"), 13, 5, "two clauses are called a"),
    ("metrics:\n" + metric("a", "x") + metric("b", "x"), 13, 5, "x is claimed by a already"),
    ("metrics:\n" + metric("a", "x", "    labels: {l: ['{int}', '{int}']}\n"), 13, 27, "claims what another claims"),
    ("logs:\n" + log("a", "n {int}0"), 9, 13, "can never match"),
    ("logs:\n" + log("a", "n {int}{name}"), 9, 13, "side by side"),
    ("logs:\n" + log("a", "n {int}") + log("b", "n {int}"), 14, 13, "claims what another claims"),
    ("logs:\n" + log("a", "n [[ {int}"), 9, 24, "`]]` is expected"),
  ])
  func malformedContractsAreRefusedWhereTheyAre(_ text: String, _ line: Int, _ column: Int, _ words: String) {
    do throws(Fault) {
      _ = try Contract.parse(Array((Self.head + text).utf8), path: "demo.yaml")
      Issue.record("it was read: \(words)")
    } catch {
      #expect(
        error.place?.path == "demo.yaml" && error.place?.line == line && error.place?.column == column, "\(error)")
      #expect(error.problem.contains(words) && error.status == .usage, "\(error)")
    }
  }

  private static func matcher(_ lines: String) throws -> ContractMatcher {
    let text = Self.head + "define: {address: ['{ip}', '{hostname}']}\nlogs:\n" + lines
    let contract = try Contract.parse(Array(text.utf8), path: "demo.yaml")
    return ContractMatcher(try CompiledContract(contract, names: FleetNames([.hostname: ["n1"]])))
  }

  @Test(arguments: [
    ("from 10.0.0.1: 3 reqs", true), ("from n1: 3 reqs, late: 2", true), ("from n1: 3 reqs", true),
    ("from n2: 3 reqs", false), ("from n1: 3 reqs, late: 2, prompt", false), ("from n1: 3 reqs\r", true), ("{x}", true),
  ])
  func choicesAndOptionalPartsAreMatched(_ line: String, _ isClaimed: Bool) throws {
    var matcher = try Self.matcher(
      Self.log("a", "from {address}: {int} reqs[[, late: {int}]]") + Self.log("b", "{{x}}"))
    let breach = Array(line.utf8).withUnsafeBytes { matcher.line($0, 0..<$0.count) }
    #expect((breach == nil) == isClaimed)
    if let breach { #expect(breach.clause == "a" && !breach.difference.contains("prompt")) }
  }

  @Test func whatFollowsARecordIsClaimedOnlyAsItsClauseSays() throws {
    var matcher = try Self.matcher(
      Self.log("list", "Models:").replacing("lines:", with: "continuations: ['- {name}']\n    lines:")
        + Self.log("other", "Done"))
    func isClaimed(_ line: String) -> Bool {
      Array(line.utf8).withUnsafeBytes { matcher.line($0, 0..<$0.count) } == nil
    }
    #expect(!isClaimed("- m"))
    #expect(isClaimed("Models:") && isClaimed("- m") && isClaimed("- n"))
    #expect(!isClaimed("- uma frase") && isClaimed("- o"))
    #expect(isClaimed("Done") && !isClaimed("- m"))
    #expect(matcher.tally.lines.claimed == 5 && matcher.tally.lines.all == 8)
  }

  @Test func freeSlotsAreHandedOn() throws {
    var matcher = try Self.matcher(Self.log("a", "by {name} at {int}"))
    _ = Array("by somebody at 12".utf8).withUnsafeBytes { matcher.line($0, 0..<$0.count) }
    #expect(matcher.freeRanges == [3..<11])
  }

  @Test func moreValuesThanAClauseAllowsAreABreach() throws {
    let text =
      Self.head + "metrics:\n" + Self.metric("a", "x", "    labels: {n: {values: '{int}', distinct: 2}}\n")
    var matcher = ContractMatcher(
      try CompiledContract(try Contract.parse(Array(text.utf8), path: "demo.yaml"), names: FleetNames()))
    let rules = ["1", "2", "1", "3"].map { value in
      Array(value.utf8).withUnsafeBytes { matcher.label("n", $0, of: "x") }?.rule
    }
    #expect(rules == [nil, nil, nil, .distinct])
  }

  @Test func clientsLabelsAndRangesAreRead() throws {
    func contract(_ label: String, _ ranges: String) throws -> Contract {
      let metric = Self.metric("a", "x", "    labels: {n: {values: '{int}'\(label)}}\n")
      return try Contract.parse(Array((Self.head + ranges + "metrics:\n" + metric).utf8), path: "demo.yaml")
    }
    let both = try contract(", chosen_by: client", "ranges: {x: [0, 1]}\n")
    #expect(both.metrics[0].labels[0].isClients && both.ranges == ["x": 0...1])
    #expect(try !contract("", "").metrics[0].labels[0].isClients)
    #expect(both.page(in: .english).contains("a client chooses the value"))
    for (label, ranges) in [
      (", chosen_by: nobody", ""), ("", "ranges: {y: [0, 1]}\n"), ("", "ranges: {x: [1, 0]}\n"),
      ("", "ranges: {x: [1]}\n"),
    ] {
      #expect(throws: Fault.self) { try contract(label, ranges) }
    }
  }

  @Test func thePageIsMadeOfTheClauses() throws {
    let text = Self.head + "logs:\n" + Self.log("a", "n {int}")
    let contract = try Contract.parse(Array(text.utf8), path: "demo.yaml")
    #expect(
      contract.page(in: .english).contains("- `n {int}`") && contract.page(in: .english).contains("a whole number"))
    #expect(contract.page(in: .portuguese).contains("um número inteiro"))
  }
}
