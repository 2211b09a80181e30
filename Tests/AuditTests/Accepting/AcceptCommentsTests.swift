import Syntax
import Testing
import Vocabulary

@testable import Audit

/// What comments make of findings.
@Suite struct AcceptCommentsTests {
  static func comment(_ rule: String = "dead-metric", until: String = "2026-11-22") -> String {
    "# sigilo:accept \(rule) until=\(until) owner=someone-who-answers reason=because-we-agreed\n"
  }

  static func finding(
    _ rule: String = "dead-metric", _ severity: Severity = .hygiene, lines: [Int], count: Int? = nil,
    path: String = "a.yaml"
  ) -> Finding {
    Finding(
      rule: rule, severity: severity, sink: Sink(.rules, path), surface: .alert, fingerprint: "f", message: "m",
      count: count ?? lines.count, locations: lines.map { Location(path: path, line: $0, column: 1) })
  }

  static func apply(
    _ text: String, _ findings: Finding..., whole: Bool = true, known: Set<String> = ["dead-metric", "other-rule"]
  ) -> [Finding] {
    var table = FindingTable()
    for finding in findings { table.add(finding) }
    return Acceptances(
      comments: ["a.yaml": AcceptComment.all(in: Array(text.utf8), format: .yaml)], today: "2026-11-22",
      extent: RunExtent(known: known, rules: ["dead-metric"], files: ["a.yaml": whole])
    ).apply(to: table)
  }

  static func remarks(_ findings: [Finding]) -> [String] {
    findings.filter { AcceptanceRule(rawValue: $0.rule) != nil }.flatMap { finding in
      finding.locations.map { "\(finding.rule) \(finding.severity) \($0)" }
    }.sorted()
  }

  @Test func acceptsItsRuleWhereItHoldsThroughItsLastDay() {
    let result = Self.apply(Self.comment() + "x\n", Self.finding(lines: [2]))
    #expect(result.map(\.accepted) == [.comment(at: Location(path: "a.yaml", line: 1, column: 1), until: "2026-11-22")])
    for other in [
      Self.finding(lines: [3]), Self.finding("other-rule", lines: [2]), Self.finding(lines: [2], path: "b.yaml"),
      Self.finding(lines: []),
    ] {
      #expect(Self.apply(Self.comment() + "x\n", other).allSatisfy { $0.accepted == nil })
    }
  }

  @Test func aGroupIsSplitBetweenWhatIsAcceptedAndWhatIsNot() {
    let result = Self.apply(Self.comment() + "x\ny\n" + Self.comment() + "z\n", Self.finding(lines: [2, 3, 5]))
    #expect(result.map { $0.locations.compactMap(\.line) } == [[2], [5], [3]])
    #expect(result.map { $0.accepted?.place?.line } == [1, 4, nil] && result.map(\.count) == [1, 1, 1])
    // Where the further ones stand is not known: they count, and say nothing about comments.
    let cut = Self.apply(Self.comment() + "x\n" + Self.comment() + "y\n", Self.finding(lines: [2], count: 30))
    #expect(cut.map(\.count) == [1, 29] && cut.map { $0.accepted != nil } == [true, false])
  }

  @Test(arguments: [Severity.exposure, .content])
  func nothingOverHygieneIsAccepted(severity: Severity) {
    let result = Self.apply(Self.comment() + "x\n", Self.finding("dead-metric", severity, lines: [2]))
    #expect(result.allSatisfy { $0.accepted == nil } && result.contains { $0.severity == severity })
    #expect(Self.remarks(result) == ["accept-not-allowed hygiene a.yaml:1:1"])
  }

  @Test func noCommentAcceptsWhatIsSaidOfAcceptances() {
    let result = Self.apply(Self.comment("accept-unused") + Self.comment() + "x\n")
    #expect(
      Self.remarks(result) == ["accept-not-allowed hygiene a.yaml:1:1", "accept-unused hygiene a.yaml:2:1"])
  }

  @Test func anExpiredOneAcceptsNothing() {
    let result = Self.apply(Self.comment(until: "2026-11-21") + "x\n", Self.finding(lines: [2]))
    #expect(result.allSatisfy { $0.accepted == nil } && Self.remarks(result) == ["accept-expired hygiene a.yaml:1:1"])
    // One that holds still does where another has expired.
    let both = Self.apply(Self.comment(until: "2026-11-21") + Self.comment() + "x\n", Self.finding(lines: [3]))
    #expect(both[0].accepted?.place?.line == 2)
  }

  @Test func whatMatchesNothingIsSaidWhereAllWasLookedAt() {
    let text = Self.comment() + Self.comment("other-rule") + "x\n"
    #expect(Self.remarks(Self.apply(text)) == ["accept-unused hygiene a.yaml:1:1"])
    #expect(Self.remarks(Self.apply(text, whole: false)).isEmpty)
    var extent = RunExtent(known: [], rules: ["dead-metric"], files: ["a.yaml": true], all: [])
    extent = extent.counted(1)
    #expect(!extent.wouldFind("dead-metric", in: "a.yaml") && extent.all == nil)
  }

  @Test func aRuleThatThereIsNotIsMalformed() {
    let text = Self.comment("dead-metrik") + "x\n# sigilo:accept dead-metric\n"
    let result = Self.apply(text, whole: false)
    #expect(Self.remarks(result) == ["accept-malformed hygiene a.yaml:1:1", "accept-malformed hygiene a.yaml:3:1"])
    // A rule that found something there is one, whoever knows it.
    #expect(Self.apply(Self.comment() + "x\n", Self.finding(lines: [2]), known: [])[0].accepted != nil)
  }

  @Test func ownerAndReasonOfACommentAreInNoFinding() throws {
    let text =
      Self.comment() + "x\n" + Self.comment("other", until: "2020-01-01") + Self.comment("because-we-agreed")
      + Self.comment()
    let said = "\(Self.apply(text, Self.finding(lines: [2])))"
    #expect(!said.contains("someone-who-answers") && !said.contains("because-we-agreed"))
  }

  @Test func remarksOfOneKindAreOneGroupAndSurviveAMovedLine() {
    let once = Self.apply(Self.comment() + Self.comment() + "x\n")
    let moved = Self.apply("y\n" + Self.comment() + "x\n")
    #expect(once.count == 1 && once[0].count == 2 && once[0].fingerprint == moved[0].fingerprint)
  }
}
