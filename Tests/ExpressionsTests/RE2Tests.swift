import Testing

@testable import Expressions

struct RE2Tests {
  @Test(arguments: [
    ("ab(?=c)", 2, "look-around"), ("(?<!a)b", 0, "look-around"), (#"(a)\1"#, 3, "back reference"),
    ("(?P<n>a)(?P=n)", 8, "back reference"), ("a++", 2, "possessive"), ("a**", 2, "repetition of a repetition"),
    ("(?>a)", 0, "atomic"), ("a(?#x)", 1, "comment"), (#"a\C"#, 1, #"\C"#), (#"\Z"#, 0, #"\Z"#), ("a{1001}", 1, "1000"),
    ("(a{100}){11}", 8, "1000"), ("é(", 2, "not closed"), ("a)", 1, "no group"), ("*", 0, "nothing"),
    ("[a", 0, "closed"),
    ("[z-a]", 1, "backwards"), (#"\p{Foo}"#, 0, "Unicode class"), (#"\c"#, 0, "escape"), ("(?z)", 2, "flag"),
    ("(?P<a>.)(?P<a>.)", 12, "same name"), ("[[:foo:]]", 1, "POSIX"), (#"\x{110000}"#, 0, "number"),
  ])
  func refusesWithPlace(source: String, offset: Int, word: String) {
    let error = #expect(throws: ExpressionError.self) { try RE2(source) }
    #expect(error?.offset == offset)
    #expect(error?.problem.contains(word) == true)
    #expect(error?.remedy != nil)
  }

  /// Go reads an invalid byte as U+FFFD, one byte wide; libre2 never matches it.
  @Test func invalidUTF8() throws {
    let bytes: [UInt8] = [0x61, 0xFF, 0xE6, 0x97, 0x62]
    #expect(try groups("a.(.)(.)b", bytes) == [0..<5, 2..<3, 3..<4])
    #expect(try groups("[^a]+", bytes) == [1..<5])
    #expect(try groups("\\x{FFFD}{3}", bytes) == [1..<4])
    #expect(try groups("\\W", bytes) == [1..<2])
  }

  @Test func dollarAndSpaceAreNotPerls() throws {
    #expect(try groups("a$", Array("a\n".utf8)) == nil)
    #expect(try groups("(?m)a$", Array("a\n".utf8)) == [0..<1])
    #expect(try groups("\\s", [0x0B]) == nil)
    #expect(try groups("a.b", Array("a\nb".utf8)) == nil)
  }

  /// PCRE2 and Perl say that the group of a loop that may be empty was empty at last.
  @Test func emptyLoops() throws {
    #expect(try groups("(a*)+", Array("aa".utf8)) == [0..<2, 0..<2])
  }

  @Test func namesInBothForms() throws {
    #expect(try RE2("(?P<one>a)(b)(?<two>c)").groupNames == [nil, "one", nil, "two"])
  }

  @Test func anchoredAsPrometheusDoes() throws {
    func matches(_ source: String, _ text: String, _ anchoring: RE2.Anchoring) throws -> Bool {
      RE2Matcher(try RE2(source, anchored: anchoring)).matches(Array(text.utf8))
    }
    for anchoring in RE2.Anchoring.allCases {
      #expect(try matches("a|b", "b", anchoring))
      #expect(try !matches("a|b", "ab", anchoring))
    }
    #expect(try matches("a.*", "a\nb", .prometheus3))
    #expect(try !matches("a.*", "a\nb", .prometheus2))
    let error = #expect(throws: ExpressionError.self) { try RE2("a)(b", anchored: .prometheus3) }
    #expect(error?.offset == 1)
  }

  @Test(arguments: [
    ("$1-${2}", "ab-cd"), ("${word}", "cd"), ("$1x", ""), ("${1}x", "abx"), ("$$1", "$1"), ("$", "$"), ("a$-", "a$-"),
    ("${", "${"), ("${1", "${1"), ("$9", ""), ("$0", "ab cd"), ("${01}", ""), ("$word.", "cd."),
  ])
  func expands(template: String, expected: String) throws {
    let expression = try RE2(#"(\w+) (?P<word>\w+)"#)
    let text = Array("ab cd".utf8)
    let match = try #require(RE2Matcher(expression).firstMatch(in: text))
    let expanded = text.withUnsafeBytes {
      RE2.Template(template).expanded(match, of: $0, names: expression.groupNames)
    }
    #expect(String(decoding: expanded, as: UTF8.self) == expected)
  }

  /// A backtracking matcher would need longer than the universe for either.
  @Test func noExpressionHangs() throws {
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 5_000)
    #expect(try groups("(a*)*(a*)*(a*)*b", text) == nil)
    #expect(try groups("(?:a?){500}a{500}$", text) != nil)
    let deepest = String(repeating: "(", count: 990) + "a" + String(repeating: ")*", count: 2)
    #expect(try groups(deepest + String(repeating: ")", count: 988), text)?.count == 991)
    #expect(throws: ExpressionError.self) { try RE2(String(repeating: "(", count: 100_000)) }
    #expect(throws: ExpressionError.self) {
      try RE2(String(repeating: "(", count: 2_000) + String(repeating: ")", count: 2_000))
    }
  }

  private func groups(_ source: String, _ text: [UInt8]) throws -> [Range<Int>?]? {
    RE2Matcher(try RE2(source)).firstMatch(in: text)
  }
}
