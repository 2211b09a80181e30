import Syntax
import Testing

@testable import Audit

/// Where comments are seen, what they say and which lines they cover.
@Suite struct AcceptCommentTests {
  static let whole = "sigilo:accept dead-metric until=2027-01-31 owner=ops reason=agreed"

  /// `line:column covered lines` of each comment.
  static func places(_ text: String, _ format: Format) -> [String] {
    AcceptComment.all(in: Array(text.utf8), format: format).map { comment in
      "\(comment.line):\(comment.column) " + (comment.lines.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "nothing")
    }
  }

  static func meaning(_ said: String) -> AcceptComment.Meaning? {
    AcceptComment.all(in: Array("# \(said)\nx: 1\n".utf8), format: .yaml).first?.meaning
  }

  @Test(arguments: [
    "dead-metric until=2027-01-31 owner=ops reason=agreed until the move",
    "dead-metric owner=ops until=2027-01-31 reason=\"agreed\"",
    "dead-metric   reason='agreed = yes' owner=\"the team\"\tuntil=\"2027-01-31\"  ",
    "dead-metric until=2027-01-31 owner=ops reason=acción until=2020-01-01 \\",
  ])
  func readsRuleAndDay(said: String) {
    #expect(Self.meaning("sigilo:accept " + said) == .accepts(rule: "dead-metric", until: "2027-01-31"))
  }

  @Test(arguments: [
    ("", AcceptComment.Problem.noRule), ("Dead until=2027-01-31 owner=o reason=r", .noRule),
    ("until=2027-01-31 owner=o reason=r", .noRule), ("a owner=o reason=r", .noUntil),
    ("a until= owner=o reason=r", .noUntil),
    ("a until=2027-01-31 reason=r", .noOwner), ("a until=2027-01-31 owner=\" \" reason=r", .noOwner),
    ("a until=2027-01-31 owner=o", .noReason), ("a until=2027-01-31 owner=o reason=", .noReason),
    ("a until=2027-02-29 owner=o reason=r", .noDay), ("a until=soon owner=o reason=r", .noDay),
    ("a until=2027-1-31 owner=o reason=r", .noDay), ("a b until=2027-01-31 owner=o reason=r", .unknownPart),
    ("a until=2027-01-31 owner=o because=x reason=r", .unknownPart),
    ("a until=2027-01-31 owner=o reason=\"r\" and more", .unknownPart),
    ("a until=2027-01-31 until=2028-01-31 owner=o reason=r", .repeatedPart),
    ("a until=2027-01-31 owner=o reason=\"r", .openQuote),
  ])
  func whatLacksAPartIsMalformed(said: String, problem: AcceptComment.Problem) {
    #expect(Self.meaning("sigilo:accept " + said) == .malformed(problem))
  }

  @Test func aCommentCoversItsOwnLineOrTheNextThatIsNone() {
    let text = """
      a: 1 # \(Self.whole)
      # ação
        # \(Self.whole)

      # another
      b: 2
      ç: # \(Self.whole)
        c
      # \(Self.whole)
      """
    #expect(Self.places(text, .yaml) == ["1:6 1-1", "3:3 2-6", "7:4 7-7", "9:1 nothing"])
    #expect(Self.places(text.replacing("\n", with: "\r\n"), .yaml) == Self.places(text, .yaml))
    #expect(Self.places("\u{FEFF}# \(Self.whole)\na: 1", .yaml) == ["1:1 1-2"])
  }

  /// What is about a whole file stands at its first line, whatever stands there.
  @Test func aboveTheFirstLineItCoversWhatIsAboutTheFile() {
    #expect(Self.places("# licence\n\n# \(Self.whole)\n---\na: 1\n", .yaml) == ["3:1 1-4"])
  }

  @Test func linesThatABackslashJoinsCountAsOne() {
    let text = """
      # \(Self.whole)
      #SBATCH --time=1
      # \(Self.whole)
      vllm serve m \\
        --port 8000 \\
        --seed 1 # \(Self.whole)
      echo
      """
    #expect(Self.places(text, .shellScript) == ["1:1 1-2", "3:1 3-6", "6:12 3-6"])
    // In a unit a comment may stand among lines that are joined.
    let unit = "[Service]\nExecStart=vllm serve m \\\n; \(Self.whole)\n  --port 8000\nUser=x\n"
    #expect(Self.places(unit, .systemdUnit) == ["3:1 2-4"])
  }

  @Test func eachLanguageHasItsOwnMarks() {
    let template = "{{/* \(Self.whole) */}}"
    #expect(Self.places("\(template)\nx", .goTemplate) == ["1:1 1-2"])
    #expect(Self.places("{{- /* \(Self.whole) */ -}}\nx", .goTemplate) == ["1:1 1-2"])
    #expect(Self.places("x \(template) y\nz", .goTemplate) == ["1:3 1-1"])
    #expect(Self.meaning(in: template, .goTemplate) == .accepts(rule: "dead-metric", until: "2027-01-31"))
    #expect(Self.places("expr: |\n  # \(Self.whole)\n  up\n", .prometheusRules) == ["2:3 2-3"])
    #expect(Self.places("annotations:\n  a: x \(template)\n", .prometheusRules) == ["2:8 2-2"])
    #expect(Self.places("; \(Self.whole)\nx = 1\ny = 1 # \(Self.whole)", .grafanaConfig) == ["1:1 1-2", "3:7 3-3"])
    #expect(Self.places("// \(Self.whole)\nx", .alloyConfig) == ["1:1 1-2"])
    for (format, text) in [
      (Format.goTemplate, "# \(Self.whole)\nx"), (.alloyConfig, "# \(Self.whole)\nx"), (.yaml, "// \(Self.whole)\nx"),
      (.json, "# \(Self.whole)\n{}"), (.grafanaDashboard, "# \(Self.whole)\n{}"), (.text, "# \(Self.whole)\nx"),
      (.yaml, "x#\(Self.whole)\n"), (.yaml, "# see \(Self.whole)\n"), (.yaml, "# sigilo:accepted a\n"),
    ] {
      #expect(Self.places(text, format) == [], "\(format) \(text)")
    }
  }

  @Test(arguments: [Format.systemdUnit, .environmentFile, .csv])
  func whereFilesHaveNoCommentsBehindTextOneThereIsMalformed(format: Format) {
    let comments = AcceptComment.all(in: Array("A=1 # \(Self.whole)\n# \(Self.whole)\nB=1\n".utf8), format: format)
    #expect(comments.map(\.meaning) == [.malformed(.misplaced), .accepts(rule: "dead-metric", until: "2027-01-31")])
    #expect(comments.map(\.lines) == [1...1, 2...3])
  }

  /// Of each a hundred kilobytes take minutes where a line or a mark is looked at from its beginning for each other one.
  @Test(arguments: [
    "# sigilo:accept ", "#\(whole)\n", "a \\\n# \(whole)\n", "{{/* ", "sigilo:accept", "    ", "a # \(whole) \\\n",
    "\\\n",
  ])
  func anyBytesAreReadInOnePass(piece: String) {
    let bytes = Array(String(repeating: piece, count: (1 << 17) / piece.utf8.count).utf8)
    for format in [Format.yaml, .systemdUnit] { _ = AcceptComment.all(in: bytes, format: format) }
    _ = AcceptComment.all(in: bytes + Array("\nsigilo:accept\u{0}".utf8) + [0xFF, 0xC3], format: .yaml)
  }

  static func meaning(in text: String, _ format: Format) -> AcceptComment.Meaning? {
    AcceptComment.all(in: Array(text.utf8), format: format).first?.meaning
  }
}
