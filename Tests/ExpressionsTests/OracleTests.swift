import TestSupport
import Testing

@testable import Expressions

/// Held to libre2 in everything but what Go does otherwise: `\C`, `(?<name>…)` and invalid UTF-8 are not asked for.
@Suite(.enabled(if: Oracle.isWanted, "libre2-dev or a C++ compiler is not installed"))
struct OracleTests {
  @Test(arguments: UInt64(1)...8) func generatedExpressions(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let cases = (0..<4_000).map { _ in
      let pattern = random.pattern(depth: 4)
      // libre2 finds `\B` also between the bytes of one character, which Go does not.
      let isASCII = String(decoding: pattern, as: UTF8.self).contains("\\B")
      return (pattern: pattern, text: random.text().filter { !isASCII || $0 < 0x80 })
    }
    try compare(cases)
  }

  /// Mostly no expressions at all: what is refused must be what RE2 refuses.
  @Test(arguments: UInt64(1)...4) func noise(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let cases = (0..<4_000).map { _ in (pattern: random.noise(), text: random.text()) }
    try compare(cases)
  }

  @Test func classes() throws {
    let names =
      ["L", "Lu", "Ll", "Lt", "N", "Nd", "P", "S", "Z", "C", "Cf", "M"] + [
        "Latin", "Greek", "Han", "Common", "Yi", "Thai",
      ]
    // Blocks that have long been full: libre2 and PCRE2 may know different versions of Unicode.
    let blocks: [ClosedRange<UInt32>] = [0...0x52F, 0xE00...0xE7F, 0x4E00...0x4E7F, 0xA000...0xA07F]
    let points = blocks.flatMap { $0.compactMap(Unicode.Scalar.init(_:)) }
    let text = Array(String(String.UnicodeScalarView(points)).utf8)
    for flags in ["", "(?i)"] {
      // The first and the longest run, and where the last one ends.
      let shapes = ["\\p{NAME}+", "\\P{NAME}+", "(?s)^.*\\p{NAME}", "[^\\p{NAME}a]+$"]
      let cases = names.flatMap { name in
        shapes.map { (pattern: Array("\(flags)\($0.replacing("NAME", with: name))".utf8), text: text) }
      }
      try compare(cases)
    }
  }

  private func compare(_ cases: [(pattern: [UInt8], text: [UInt8])]) throws {
    let answers = try Oracle.answers(cases)
    try #require(answers.count == cases.count)
    for (index, one) in cases.enumerated() {
      let pattern = String(decoding: one.pattern, as: UTF8.self)
      let ours = Self.answer(pattern, one.text)
      #expect(ours == answers[index], "\(pattern.debugDescription) on \(one.text.prefix(80))")
    }
  }

  private static func answer(_ pattern: String, _ text: [UInt8]) -> String {
    guard let expression = try? RE2(pattern) else { return "refused" }
    guard let groups = RE2Matcher(expression).firstMatch(in: text) else { return "none" }
    return groups.map { $0.map { "\($0.lowerBound),\($0.upperBound)" } ?? "-" }.joined(separator: " ")
  }
}

/// Expressions and texts over an alphabet in which they meet often.
extension SeededGenerator {
  fileprivate mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }

  fileprivate mutating func text() -> [UInt8] {
    let letters = [
      "a", "b", "k", "K", "\u{212A}", "s", "\u{17F}", "é", "É", "ß", " ", "\n", "1", "_", "-", "日", "\u{B}", "",
    ]
    return Array((0..<Int.random(in: 0...12, using: &self)).map { _ in pick(letters) }.joined().utf8)
  }

  fileprivate mutating func pattern(depth: Int) -> [UInt8] {
    Array((pick(["", "", "(?i)", "(?s)", "(?m)", "(?U)"]) + node(depth)).utf8)
  }

  private mutating func node(_ depth: Int) -> String {
    let atoms = [
      "a", "b", "k", "s", "é", "1", ".", "\\d", "\\w", "\\s", "\\W", "\\D", "\\S", "\\b", "\\B", "^", "$", "\\A", "\\z",
      "[ab]", "[^ab]", "[a-k]", "[[:alpha:]]", "[^[:^space:]k]", "[\\w-]", "[\\W_]", "\\pL", "\\PL", "\\p{Lu}",
      "\\x{e9}",
      "\\Qa.b\\E", "", "\\n", "[]a]", "\\141", "ß", "[^\\n]",
    ]
    guard depth > 0 else { return pick(atoms) }
    switch Int.random(in: 0..<10, using: &self) {
    case 0...1: return pick(atoms)
    case 2...4: return node(depth - 1) + node(depth - 1)
    case 5: return "(?:\(node(depth - 1))|\(node(depth - 1)))"
    case 6: return "(\(node(depth - 1)))"
    case 7:
      return
        "(\(node(depth - 1))|\(node(depth - 1)))\(pick(["*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}?", "{0}"]))"
    case 8: return "(?\(pick(["i", "s", "m", "U", "-i", "i-s", "sm"])):\(node(depth - 1)))"
    default: return "(?:\(node(depth - 1)))\(pick(["*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{2,}"]))"
    }
  }

  fileprivate mutating func noise() -> [UInt8] {
    let pieces = [
      "a", "b", "k", "(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "^", "$", ".", "-", ",", "1", "2", "1000",
      "1001",
      "\\", "\\1", "\\8", "\\0", "\\x", "\\x{", "\\p", "\\pL", "\\p{L}", "\\p{^L}", "\\Q", "\\E", "\\z", "\\Z", "\\d",
      "(?:", "(?i)", "(?=", "(?!", "(?<=", "(?P<n>", "(?P<m>", "(?P=n)", "(?>", "(?#", "(?i-s:", "(?-)", ":",
      "[:alpha:]",
      "[[:word:]", "{2}", "{,2}", "{2,1}", "{02}", "é", "\\_", "\\-", "\\a", "\\c", "\\é",
    ]
    return Array((0..<Int.random(in: 1...6, using: &self)).map { _ in pick(pieces) }.joined().utf8)
  }
}
