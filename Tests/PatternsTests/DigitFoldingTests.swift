import Testing

@testable import Patterns

@Suite struct DigitFoldingTests {
  @Test(arguments: [
    #"\b\d{3}-[0-9A-Za-z]+(?!\d)"#, #"(["']).{1,5}\1"#, #"(?x) (?(DEFINE) (?<q> \\{0,3}["'] )) (?&q) a{2,3} # v2"#,
    #"[^\n]\w+[^0-9a-f]"#, #"(?i:user)\s*:"#, "usuário ’",
  ])
  func takesOneDigitAsAnyOther(pattern: String) {
    let folding = DigitFolding(of: pattern)
    #expect(folding.isBlind && folding.general == pattern)
  }

  @Test(arguments: [
    ("2.0", "1x7"), (#"[3-6]\d{3}"#, "1234"), (#"(?<!1)a"#, "1a"), (#"\x30a"#, "7a"), ("[^5]a", "5a"),
    (#"(?>1|12)3"#, "993"), ("1++2", "112"), (#"(?:(?=4)\d)+x"#, "9x"),
  ])
  func findsAGeneralFormOfWhatTellsDigitsApart(pattern: String, other: String) throws {
    let folding = DigitFolding(of: pattern)
    let general = try #require(folding.general)
    #expect(!folding.isBlind)
    #expect(matches(general, other), "\(general)")
  }

  /// What is not read, or can't be generalised, counts as telling digits apart, with no general form.
  @Test(arguments: [
    #"(\d)\1"#, #"\G1"#, "(?|1|2)", #"a(*SKIP)1"#, #"(1)(?(1)2|3)"#, "a{,5}", #"\p{Nd}1"#, "[’1]", "é?1",
  ])
  func refusesWhatItDoesNotKnow(pattern: String) {
    let folding = DigitFolding(of: pattern)
    #expect(!folding.isBlind && folding.general == nil)
  }

  /// The general form matches whatever the pattern matches with other digits: tried on texts that are made of what the
  /// patterns look for.
  @Test func theGeneralFormMissesNothing() throws {
    let patterns = [
      #"(?<![\w.:-])(?:[3-6]\d{3}([ -])\d{4}\1\d{4}|3[47]\d{2}([ -])\d{6}\2)(?![\w.:-])"#, #"(?<!0)1(?!2)[^3]4?+"#,
      #"(?x) (?: 55 \s? )?+ [1-9]\d (?= 5 | \s )"#, "(?>12|1)2?[0-4]", #"(?<a>[ -])?7(?!8\d)(?&a)9"#,
    ]
    var generator = Numbers(state: 7)
    for pattern in patterns {
      let general = try #require(DigitFolding(of: pattern).general)
      for _ in 0..<4_000 {
        let text = (0..<Int.random(in: 1...14, using: &generator)).map { _ in
          "0123456789 -xe".randomElement(using: &generator)!
        }
        guard matches(pattern, String(text)) else { continue }
        let other = text.map { $0.isNumber ? "0123456789".randomElement(using: &generator)! : $0 }
        #expect(matches(general, String(other)), "\(pattern)")
      }
    }
  }

  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  private func matches(_ pattern: String, _ text: String) -> Bool {
    guard let pattern = try? Pattern(pattern) else { return false }
    return Array(text.utf8).withUnsafeBytes { Matcher().firstMatch(pattern, in: $0, window: 512) != .none }
  }
}
