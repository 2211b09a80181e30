import Testing
import Vocabulary

@testable import Contracts

@Suite("The file that is learned")
struct LearnedFileTests {
  private static let lines =
    repeated { "loading shard \($0)" } + repeated { "user alpha\($0) left" } + repeated { "loaded in \($0).5 s" }

  private static let base = """
    # A remark.
    version: 1
    source: sample
    title: {en: Sample, pt-BR: Amostra}
    versions: 1.0
    facts: [its source]

    logs:
      # Why it is there.
      - id: learned-loading-shard
        title: {en: shards, pt-BR: partes}
        lines: ['loading shard {int}']
        examples: [loading shard 1]
        counter_examples: [loading shard um]

    # On what must never be.
    forbidden_labels:
      - {name: prompt, why: {en: text, pt-BR: texto}}
    """

  @Test func everythingThatStoodInItStays() throws {
    let learned = try Learned(Self.lines, base: Self.base)
    var rest = learned.text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    for line in Self.base.split(separator: "\n", omittingEmptySubsequences: false) {
      let place = try #require(rest.firstIndex(of: line))
      rest = rest[(place + 1)...]
    }
    #expect(learned.templates == ["loading shard {int}", "loaded in {float} s"])
    #expect(learned.contract.forbiddenLabels.count == 1)
    #expect(learned.summary.claimedBefore == 5 && learned.summary.claimed == 10)
  }

  @Test func learningOnceMoreFromTheSameChangesNothing() throws {
    let first = try Learned(Self.lines)
    #expect(try Learned(Self.lines, base: first.text).text == first.text)
    #expect(try Learned(Self.lines).text == first.text)
  }

  @Test func hostsThatNobodyDeclaredDontMakeTheirLinesNew() throws {
    let lines = repeated(12) { "Jan \($0) 03:04:05 vault-\($0) kernel: device \($0) ready" }
    let first = try Learned(lines)
    let second = try Learned(lines, base: first.text)
    #expect(second.text == first.text && second.summary.claimedBefore == 12)
  }

  @Test func linesThatARuntimeHasWrappedAreKnown() throws {
    let base = try Learned(repeated { "loading shard \($0)" }).text
    let wrapped = repeated { "2026-01-02T03:04:0\($0).000000000Z stdout F loading shard \($0)" }
    #expect(try Learned(wrapped, base: base).text == base)
  }

  @Test func clausesOfTwoSessionsHaveIDsOfTheirOwn() throws {
    let first = try Learned(repeated { "loading shard \($0)" })
    let second = try Learned(repeated { "loading shard \($0) again" }, base: first.text)
    #expect(second.contract.logs.map(\.id) == ["learned-loading-shard", "learned-loading-shard-2"])
  }

  @Test func itsExamplesHold() throws {
    let learned = try Learned(Self.lines + repeated { "\u{1B}[1;3\($0)m it's {\($0)} ok \u{1B}[0m" })
    let outcomes = try learned.contract.testExamples()
    #expect(outcomes.count > 4 && outcomes.allSatisfy(\.passed))
    #expect(try learned.contract.templatesWithoutExample() == [])
  }

  @Test func whatIsUndecidedClaimsNothing() throws {
    let learned = try Learned(Self.lines)
    #expect(learned.undecided == ["user {?}{int} left"])
    #expect(learned.contract.page(in: .portuguese).contains("decida\n\n- `user {?}{int} left`"))
    #expect(try learned.unclaimed(["user alpha1 left", "user {?}1 left"]) == [0, 1])
  }

  @Test func anotherTemplateOfTheSameTextIsNotClaimedTwice() throws {
    let base = Self.base.replacing("loading shard {int}'", with: "loading shard {float}'")
      .replacing("[loading shard 1]", with: "[loading shard 1.5]")
    let lines = repeated { "loading shard \($0)" } + repeated { "loading shard 1,23\($0)" }
    #expect(try Learned(lines, base: base).templates == ["loading shard {float}"])
  }

  @Test(arguments: [
    ("undecided: [{line: 'no gap'}]", "a line with {?} is expected"),
    ("undecided: [{line: 'a {nothing} {?}'}]", "a type of slot is expected"),
    ("undecided: [{label: x}]", "families is missing"),
    ("undecided: [{label: x, line: '{?}'}]", "either line or label"),
    ("undecided: [{line: '{{?}}'}]", "a line with {?} is expected"),
  ])
  func whatIsUndecidedIsChecked(_ text: String, _ problem: String) throws {
    let file = Self.base + "\n" + text
    let fault = #expect(throws: Fault.self) { try Contract.parse(Array(file.utf8), path: "sample.yaml") }
    #expect(
      fault?.problem.contains(problem) == true
        && fault?.place?.line == Self.base.split(separator: "\n", omittingEmptySubsequences: false).count + 1)
  }

  @Test func aListInBracketsIsNotAddedTo() throws {
    let base = """
      version: 1
      source: sample
      title: {en: Sample, pt-BR: Amostra}
      versions: 1.0
      facts: [its source]
      logs: []
      """
    let fault = #expect(throws: Fault.self) { try Learned(Self.lines, base: base) }
    #expect(fault?.place?.line == 6)
  }
}

@Suite("Templates that are at odds")
struct OverlapTests {
  private func template(_ text: String) throws -> Template {
    Template(text: text, elements: try TemplateParser().elements(text), place: nil)
  }

  @Test(arguments: [
    ("shard {int}", "shard {float}"), ("shard {hex:8}", "shard {int}"), ("{enum:a|b} {int}", "b {int}"),
    ("a{spaces}b", "a b"), ("[[x]]y", "xy"),
  ])
  func whatAnotherClaimsIsNotAdmitted(_ first: String, _ second: String) throws {
    for (one, other) in [(first, second), (second, first)] {
      var check = OverlapCheck([try template(one)], names: FleetNames())
      #expect(try !check.admit(template(other)))
      #expect(try check.admit(template(other + " more")))
    }
  }

  @Test func whatCanNeverMatchIsNotAdmitted() throws {
    var check = OverlapCheck([], names: FleetNames())
    #expect(try !check.admit(template("{int}7")) && !check.admit(template("{int}{int}")))
  }

  @Test func whatMakesNoGraphTogetherIsTold() throws {
    var check = OverlapCheck([try template("{enum:a|b|c|z}")], names: FleetNames())
    // No example of either is the text that both claim.
    #expect(try check.admit(template("{enum:d|e|f|z}")) && !check.isWhole)
    check.dismiss()
    #expect(check.isWhole)
  }
}
