import Patterns

/// Which of a set of rules tell digits apart, and of those, which could find something in a text if its digits were others.
/// Derived from the rules; see `DigitFolding`.
struct DigitSensitivity: Sendable {
  /// Rules with a pattern that tells digits apart.
  private(set) var sensitive = RuleSet()
  /// Of these, rules of which even where they look depends on the digits.
  private(set) var unplaced = RuleSet()
  /// By rule: matches wherever the rule finds something with some digits in the digits' places.
  private var general: [Int: Pattern] = [:]

  mutating func add(_ index: Int, _ rule: PatternRule, source: String, options: Pattern.Options) {
    let folding = DigitFolding(of: source)
    let isUnplaced = rule.run.map { Self.splitsDigits($0.of) } ?? false
    if folding.isBlind, rule.check == nil, !isUnplaced { return }
    sensitive.insert(index)
    if isUnplaced { unplaced.insert(index) }
    if let text = folding.general { general[index] = try? Pattern(text, options) }
  }

  /// Whether the rule could find something in a text like this one; true also where a limit leaves it open.
  func mayFind(
    _ index: Int, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, window: Int, _ matcher: Matcher
  ) -> Bool {
    guard let pattern = general[index] else { return true }
    return matcher.firstMatch(pattern, in: bytes, from: range.lowerBound, before: range.upperBound, window: window)
      != .none
  }

  /// A class of which some digits are members and others not.
  private static func splitsDigits(_ members: String) -> Bool {
    let finder = RunFinder()
    guard let bit = finder.add(members) else { return true }
    let count = (0x30...0x39).count { finder.contains($0, bit) }
    return count != 0 && count != 10
  }
}
