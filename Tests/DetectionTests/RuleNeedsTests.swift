import Patterns
import Policy
import Testing

@testable import Detection

/// A rule is tried only where one of its literals, or a run of its class, stands. That every match needs one is proved from the
/// pattern, where it can be.
@Suite struct RuleNeedsTests {
  /// Rules of which it is not proved: the fast path may miss what their patterns match. The list may only become shorter.
  static let unproved: Set<String> = [
    "card-named", "chat-message", "chat-part", "chat-template-turn", "content-field", "echoed-input",
    "exception-value", "generate-body", "iban", "langchain-message", "litellm-debug-text", "ollama-parsed-text",
    "person-record", "phone", "question-asked", "redacted-record", "request-body-field", "sglang-text", "span-content",
  ]

  @Test func everyMatchNeedsWhatTheRuleSays() throws {
    var unproved: Set<String> = []
    for rule in try PolicySet.embedded().detection.rules {
      guard case .pattern(let pattern) = rule.method else { continue }
      let needs = PatternNeeds(of: pattern)
      if !rule.needs.isEmpty, needs?.imply(oneOf: rule.needs) != true { unproved.insert(rule.id) }
      if let run = rule.run, try !Self.isImplied(run, needs) { unproved.insert(rule.id) }
    }
    #expect(unproved.subtracting(Self.unproved) == [])
  }

  private static func isImplied(_ run: RunTrigger, _ needs: PatternNeeds?) throws -> Bool {
    let finder = RunFinder()
    let bit = try #require(finder.add(run.of))
    let members = (0...255).filter { finder.contains($0, bit) }
    return needs?.imply(runOf: members, atLeast: run.atLeast, digits: run.digits) == true
  }
}
