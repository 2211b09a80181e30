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

  /// What digits are to one rule.
  struct Entry {
    var isSensitive = false
    var isUnplaced = false
    var general: Pattern?

    init(_ rule: PatternRule, source: String, options: Pattern.Options) {
      let folding = DigitFolding(of: source)
      isUnplaced = rule.run.map { DigitSensitivity.splitsDigits($0.of) } ?? false
      isSensitive = !folding.isBlind || rule.check != nil || isUnplaced
      if isSensitive { general = folding.general.flatMap { try? Pattern($0, options) } }
    }
  }

  mutating func add(_ index: Int, _ entry: Entry) {
    guard entry.isSensitive else { return }
    sensitive.insert(index)
    if entry.isUnplaced { unplaced.insert(index) }
    general[index] = entry.general
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
  fileprivate static func splitsDigits(_ members: String) -> Bool {
    let finder = RunFinder()
    guard let bit = finder.add(members) else { return true }
    let count = (0x30...0x39).count { finder.contains($0, bit) }
    return count != 0 && count != 10
  }
}
