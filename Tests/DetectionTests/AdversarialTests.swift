import CPCRE2
import Detection
import Policy
import Testing
import Vocabulary

@testable import Patterns

/// Every rule of the policy on a megabyte of what was made to slow it down. Steps are counted (PCRE2's automatic callouts, one
/// at each item of the pattern that is tried) and not time, so that the test says the same on every machine. A repeated class
/// that gives nothing back is one step however long it runs; that is what a rule's window bounds.
@Suite struct AdversarialTests {
  private static let size = 1 << 20
  /// Steps that a byte may cost: twice what the costliest rule takes. A rule that tries half of a window from every byte on
  /// takes several times as many.
  private static let stepsPerByte = 128

  private static let rules: [PatternRule] =
    (try? PolicySet.embedded().detection.rules.filter { if case .pattern = $0.method { true } else { false } }) ?? []

  @Test func thereAreRules() { #expect(Self.rules.count > 20) }

  @Test(arguments: rules.map(\.id))
  func stepsAreBounded(id: String) throws {
    let rule = try #require(Self.rules.first { $0.id == id })
    for (number, input) in Self.inputs(for: rule).enumerated() {
      let steps = try Self.steps(of: rule, on: input)
      #expect(steps <= Self.stepsPerByte * Self.size, "input \(number)")
    }
  }

  /// The test itself must see what it is there for.
  @Test func aPatternThatBacktracksIsSeen() throws {
    let rule = PatternRule(
      id: "slow", title: "t", rationale: "r", remedy: "m", method: .pattern("a+a?[cd]"), weight: 1, needs: ["a"],
      examples: [RuleExample("aaaac", surface: .log, slot: .line)])
    let most = try Self.inputs(for: rule).map { try Self.steps(of: rule, on: $0) }.max() ?? 0
    #expect(most > Self.stepsPerByte * Self.size)
  }

  /// Literals without end, beginnings that never become a match, and behind a beginning long runs of what patterns repeat.
  private static func inputs(for rule: PatternRule) -> [[UInt8]] {
    let literals = rule.needs.joined()
    let examples = rule.examples.map { Array($0.text.utf8) }
    let nearMisses: [UInt8] = examples.flatMap { $0.dropLast(max(1, $0.count / 4)) + [0x20] }
    let longest = examples.max { $0.count < $1.count } ?? []
    var units: [[UInt8]] = [Array(literals.utf8), nearMisses]
    let beginning = longest.prefix(longest.count / 2)
    for filler in ["a", "7", " ", "a1.\"\\"] {
      let run = Array(String(repeating: filler, count: 1_500 / filler.utf8.count).utf8)
      // The end of a match far off, so that no glance ahead for it spares the engine the way there.
      units.append(beginning + run + longest.suffix(longest.count / 8))
    }
    return units.filter { !$0.isEmpty }.map { unit in
      var input: [UInt8] = []
      while input.count < size { input += unit }
      return Array(input.prefix(size))
    }
  }

  /// Tries every match in the input, as the judge does where a check digit fails each time; stops soon after the bound.
  private static func steps(of rule: PatternRule, on input: [UInt8]) throws -> Int {
    guard case .pattern(let source) = rule.method else { return 0 }
    var options: Pattern.Options = [.counted]
    if rule.isCaseless { options.insert(.caseless) }
    if rule.isUTF { options.insert(.utf) }
    let pattern = try Pattern(source, options)
    let matcher = Matcher(limits: try PolicySet.embedded().detection.limits)
    var steps = 0
    withUnsafeMutablePointer(to: &steps) { counter in
      pcre2_set_callout_8(
        matcher.context,
        { _, data in
          let counter = data!.assumingMemoryBound(to: Int.self)
          counter.pointee += 1
          return counter.pointee > 2 * AdversarialTests.stepsPerByte * AdversarialTests.size ? PCRE2_ERROR_CALLOUT : 0
        }, counter)
      input.withUnsafeBytes { bytes in
        var from = 0
        while case .found(let place) = matcher.firstMatch(pattern, in: bytes, from: from, window: rule.window) {
          guard rule.check != nil else { break }
          from = place.lowerBound + 1
        }
      }
    }
    return steps
  }
}
