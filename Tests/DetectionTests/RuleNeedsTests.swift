import Patterns
import Policy
import Testing

@testable import Detection

/// A rule is tried only where one of its literals, or a run of its class, stands. That every match needs one is proved from the
/// pattern.
@Suite struct RuleNeedsTests {
  @Test func everyMatchNeedsWhatTheRuleSays() throws {
    for rule in try PolicySet.embedded().detection.rules {
      #expect(rule.doubtfulNeed == nil, "\(rule.id)")
      guard case .pattern(let pattern) = rule.method else { continue }
      #expect(PatternNeeds(of: pattern) != nil, "the pattern of \(rule.id) can't be reasoned about")
    }
  }

  @Test func saysWhyAMatchMayBeMissed() {
    func rule(_ pattern: String, _ needs: [String], _ run: RunTrigger? = nil) -> PatternRule {
      PatternRule(
        id: "r", title: "", rationale: "", remedy: "", method: .pattern(pattern), weight: 1, needs: needs, run: run)
    }
    #expect(rule("cat|dog", ["cat", "dog"]).doubtfulNeed == nil && rule("cat", []).doubtfulNeed == nil)
    #expect(rule("cat|dog", ["cat"]).doubtfulNeed?.hasSuffix(": dog") == true)
    #expect(rule(#"\G1"#, ["1"]).doubtfulNeed != nil)
    #expect(rule(#"\d{5}"#, [], RunTrigger(of: "0-9", atLeast: 5, digits: 5)).doubtfulNeed == nil)
    #expect(rule(#"\d{4}"#, [], RunTrigger(of: "0-9", atLeast: 5)).doubtfulNeed != nil)
  }
}
