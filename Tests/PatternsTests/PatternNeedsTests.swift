import Testing

@testable import Patterns

@Suite struct PatternNeedsTests {
  @Test func provesTheLiteralsOfAPattern() throws {
    func imply(_ pattern: String, _ literals: String...) -> Bool {
      PatternNeeds(of: pattern)?.imply(oneOf: literals) ?? false
    }
    #expect(imply("(?:Prompt|INPUT)=x", "prompt=", "input"))
    #expect(!imply("(?:prompt|input)=x", "prompt="))
    #expect(!imply(#"prompt\s*:"#, "prompt:"))
    #expect(imply("</?think>", "<think>", "</think>"))
    #expect(imply(#"\b[A-Za-z]+(?=@)"#, "@") && !imply("a(?!@)", "@"))
    #expect(imply(#"(?x) (?(DEFINE)(?<q> ["'] )) (?&q) role (?&q)"#, "role\"", "role'"))
    #expect(!imply("(?:role)?x", "role") && imply("(?:role)+x", "role"))
    #expect(
      imply(#"role(?:"\s*)?[:=]"#, "role\"", "role:", "role=") && !imply(#"role(?:"\s*)?[:=]"#, "role\"", "role:"))
    #expect(imply("[^a]{0,40}(?:cat|dog)s?[^b]*", "cat", "dog") && !imply("(?:ca[^b]t|dog)", "cat", "dog"))
    #expect(imply("(?:ab){2,9}", "bab") && imply("(?:ab){7}", "ababa") && !imply("(?:ab){1,9}", "bab"))
    #expect(imply(#"(cat|dog)\1"#, "cat", "dogdog") && !imply("", "a") && !imply("a"))
  }

  @Test func saysWhatAMatchWithoutTheLiteralsMayBe() {
    #expect(
      PatternNeeds(of: "(?:cat|do[^a]*g|bird)s")?.matches(without: ["cats", "bat"]) == ["birds", "dogs", "do…gs"])
  }

  @Test func provesTheRunsOfAPattern() throws {
    let numbers = Array("0123456789 -.".utf8)
    func imply(_ pattern: String, _ length: Int, _ digits: Int) -> Bool {
      PatternNeeds(of: pattern)?.imply(runOf: numbers, atLeast: length, digits: digits) ?? false
    }
    #expect(imply(#"\d{3}\.\d{3}-\d{2}(?!\d)"#, 10, 8))
    #expect(!imply(#"\d{3}\.\d{3}-\d{2}"#, 11, 8) && !imply(#"\d{3}\.?\d{3}"#, 7, 6) && !imply(#"\d{9}\w?"#, 3, 3))
    #expect(
      imply(#"-(?=(?:[ .]?\d){6})\d{2}"#, 7, 6) && !imply(#"-(?=\w{6})\d{2}"#, 4, 2) && !imply(#"\d(?!\d{3})"#, 2, 2))
  }
}
