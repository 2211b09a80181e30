import Patterns

/// Which of a set of rules tell digits apart, and of those, which could find something in a text if its digits were others.
/// Derived from the rules; see `DigitFolding`.
struct DigitSensitivity: Sendable {
  /// Rules with a pattern that take one digit as any other.
  private(set) var blind = RuleSet()
  /// Rules with a pattern that don't.
  private(set) var sensitive = RuleSet()
  /// By rule: matches wherever the rule finds something with some digits in the digits' places.
  private var general: [Int: Pattern] = [:]

  mutating func add(_ index: Int, _ rule: PatternRule, source: String, options: Pattern.Options) {
    let folding = DigitFolding(of: source)
    if folding.isBlind, rule.check == nil, rule.run.map({ !Self.splitsDigits($0.of) }) ?? true {
      blind.insert(index)
      return
    }
    sensitive.insert(index)
    if let text = folding.general { general[index] = try? Pattern(text, options) }
  }

  /// Whether the rule could find something in a text like this one; true also where a limit leaves it open.
  func mayFind(_ index: Int, in bytes: UnsafeRawBufferPointer, window: Int, _ matcher: Matcher) -> Bool {
    guard let pattern = general[index] else { return true }
    return matcher.firstMatch(pattern, in: bytes, window: window) != .none
  }

  /// A class of which some digits are members and others not.
  private static func splitsDigits(_ members: String) -> Bool {
    let finder = RunFinder()
    guard let bit = finder.add(members) else { return true }
    let count = (0x30...0x39).count { finder.contains($0, bit) }
    return count != 0 && count != 10
  }
}
