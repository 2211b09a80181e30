import Testing

@testable import Syntax

@Suite struct PromQLParserTests {
  /// What binds tighter, by the parentheses that change nothing.
  @Test(
    arguments: [
      ("a or b and c", "a or (b and c)"), ("a and b or c", "(a and b) or c"),
      ("a unless b and c", "(a unless b) and c"),
      ("a == b + c", "a == (b + c)"), ("a > b and c", "(a > b) and c"), ("a + b * c", "a + (b * c)"),
      ("a - b - c", "(a - b) - c"), ("a ^ b ^ c", "a ^ (b ^ c)"), ("a * b ^ c", "a * (b ^ c)"),
      ("a atan2 b * c", "(a atan2 b) * c"), ("-a ^ b", "-(a ^ b)"), ("-a * b", "(-a) * b"),
      ("a ^ -b * c", "(a ^ (-b)) * c"),
      ("a ^ -b ^ c", "a ^ (-(b ^ c))"), ("- a offset 5m", "-(a offset 5m)"), ("a + b @ 5", "a + (b @ 5)"),
      ("a + b @ 5 offset 1m == c", "(a + (b @ 5 offset 1m)) == c"),
      ("a offset 2 ^ 2", "(a offset 2) ^ 2"), ("a offset -step() * 2", "(a offset -step()) * 2"),
      ("a >/ b + c", "a >/ (b + c)"),
    ] as [(String, String)])
  func precedence(text: String, explicit: String) throws {
    func bare(_ expression: PromQLExpression) -> PromQLExpression {
      switch expression.node {
      case .parentheses(let inner): return bare(inner)
      case .unary(let sign, let operand): return PromQLExpression(.unary(sign, bare(operand)))
      case .binary(var binary):
        (binary.left, binary.right) = (bare(binary.left), bare(binary.right))
        return PromQLExpression(.binary(binary))
      default: return expression
      }
    }
    #expect(bare(try PromQLExpression.parse(text)) == bare(try PromQLExpression.parse(explicit)))
    #expect(bare(try PromQLExpression.parse(text)) == (try PromQLExpression.parse(text)))
  }

  @Test func trees() throws {
    let text = #"topk by (job) (3, rate(x{a="b",c!~"d"}[5m] offset -1h @ end()))"#
    let expression = try PromQLExpression.parse("  " + text)
    guard case .aggregation(let aggregation) = expression.node, case .call(let call) = aggregation.expression.node,
      case .selector(let selector) = call.arguments.first?.node
    else {
      Issue.record("another tree")
      return
    }
    #expect(expression.range == 2..<(2 + text.utf8.count))
    #expect((aggregation.op, aggregation.grouping, aggregation.isWithout) == (.topk, ["job"], false))
    #expect(aggregation.parameter?.node == .number(PromQLNumber(3)))
    #expect((call.function, selector.name) == ("rate", "x"))
    #expect(selector.matchers.map(\.name) == ["a", "c"] && selector.matchers.map(\.op) == [.equal, .matchesNot])
    #expect(selector.range == .milliseconds(300_000) && selector.offset == .milliseconds(-3_600_000))
    #expect(selector.instant == .end)
    #expect(selector.matchers[1].range == text.firstRange(of: "c!~\"d\"", shiftedBy: 2))
    #expect(selector.matchers[1].valueRange == text.firstRange(of: "\"d\"", shiftedBy: 2))
  }

  @Test func matching() throws {
    let cases: [(String, PromQLMatching?)] = [
      ("a + b", PromQLMatching()), ("a and b", PromQLMatching(.manyToMany)), ("a + 1", nil), ("1 + on() 2", nil),
      ("a * on(x, y) b", PromQLMatching(labels: ["x", "y"], isOn: true)),
      ("a * ignoring(x) group_right b", PromQLMatching(.oneToMany, labels: ["x"])),
      ("a * on(x) group_left(\"z.z\") b", PromQLMatching(.manyToOne, labels: ["x"], isOn: true, included: ["z.z"])),
      ("a + fill_left(-1) fill_right(2) b", PromQLMatching(leftFill: PromQLNumber(-1), rightFill: PromQLNumber(2))),
      ("a + fill(0) b", PromQLMatching(leftFill: PromQLNumber(0), rightFill: PromQLNumber(0))),
    ]
    for (text, matching) in cases {
      guard case .binary(let binary) = try PromQLExpression.parse(text).node else {
        Issue.record("\(text)")
        continue
      }
      #expect(binary.matching == matching, "\(text)")
    }
  }

  @Test(
    arguments: [
      ("a + ", 4), ("sum(a", 5), ("a)", 1), ("a b", 2), ("a{b=\"c\"", 7), ("a[5m", 4), ("a{b=c}", 4), ("a{=\"c\"}", 2),
      ("  rate(a)", 7), ("1 == 2", 2), ("a + bool b", 2), ("{a=\"\"}", 0), ("a{b=~\"(\"}", 5), ("a + \"b\"", 4),
      ("a * on(x) group_left(x) b", 2), ("nosuch(a)", 0), ("a offset 5m offset 1m", 12), ("sum(a)[5m]", 6), ("", 0),
      ("a and 1", 2), ("a + on(b) 1", 2), ("topk(a)", 0), ("sum by (b a) (c)", 10), ("a{\"b\"}", 2), ("a[0]", 2),
      ("a[5m / 0]", 5), ("$a", 0), ("'a\\q'", 2), ("-\"a\"", 0), ("a[5m][5m]", 5), ("abs(a)[5m:] offset 1h[1h]", 21),
    ] as [(String, Int)])
  func errorsStandAtTheirPlace(text: String, offset: Int) {
    #expect { try PromQLExpression.parse(text) } throws: { ($0 as? QueryError)?.offset == offset }
  }

  /// A text with the first version that takes it, and the first that no longer does.
  @Test(
    arguments: [
      ("{\"a.b\"}", (2, 51), nil), ("sum by (\"a\") (b)", (2, 55), nil), ("sum by (\"a.b\") (b)", (3, 0), nil),
      ("sum by (a:b) (c)", (3, 0), nil), ("a + 5m", (2, 54), nil), ("a[300]", (2, 54), nil), ("1_000", (2, 54), nil),
      ("a @ 5m", (2, 54), nil), ("limitk(2, a)", (2, 54), nil), ("a[5m * 2]", (3, 4), nil),
      ("a offset +5m", (3, 4), nil),
      ("0s", (3, 4), nil), ("a[step()]", (3, 6), nil), ("a[max(5m, 1m)]", (3, 6), (3, 13)),
      ("a[5m] anchored", (3, 7), nil),
      ("a + fill(0) b", (3, 10), nil), ("a[range()]", (3, 10), nil), ("a </ b", (3, 11), nil), ("end()", (3, 12), nil),
      ("max_of(1, 2)", (3, 13), nil), ("a[max_of(5m, 1m)]", (3, 13), nil), ("start_timestamp(a)", (3, 14), nil),
      ("histogram_avg(a)", (2, 51), nil), ("holt_winters(a[5m], 1, 1)", (2, 42), (3, 0)), ("a[5m x]", (2, 42), (3, 6)),
      ("info(a, {b=~\".*\"})", (2, 55), nil), ("step + range", (2, 42), nil), ("sum by (bool) (a)", (2, 42), nil),
    ] as [(String, (Int, Int), (Int, Int)?)])
  func versions(text: String, since: (Int, Int), until: (Int, Int)?) {
    let versions = (42...55).map { PromQLVersion(2, $0) } + (0...14).map { PromQLVersion(3, $0) }
    let features = PromQLFeatures.all.subtracting(.removedFunctions)
    for version in versions {
      let isTaken =
        (try? PromQLExpression.parse(text, options: PromQLOptions(version: version, features: features))) != nil
      let isExpected =
        version >= PromQLVersion(since.0, since.1) && (until.map { version < PromQLVersion($0.0, $0.1) } ?? true)
      #expect(isTaken == isExpected, "\(version)")
    }
  }

  @Test(
    arguments: [
      ("mad_over_time(a[5m])", .experimentalFunctions), ("limitk(2, a)", .experimentalFunctions),
      ("a[5m + 1m]", .durationExpressions), ("a[(5m)]", .durationExpressions),
      ("a offset step()", .durationExpressions),
      ("a smoothed", .extendedRangeSelectors), ("a + fill(0) b", .fillModifiers),
      ("holt_winters(a[5m], 1, 1)", .removedFunctions),
    ] as [(String, PromQLFeatures)])
  func features(text: String, feature: PromQLFeatures) throws {
    _ = try PromQLExpression.parse(text)
    #expect(throws: QueryError.self) {
      try PromQLExpression.parse(text, options: PromQLOptions(features: .all.subtracting(feature)))
    }
    _ = try PromQLExpression.parse(text, options: PromQLOptions(features: feature))
  }

  @Test func functionsOfEachVersion() {
    #expect(PromQLFunction.all.count == 91)
    #expect(PromQLFunction.named("rate")?.result == .vector && PromQLFunction.named("RATE") == nil)
    #expect(PromQLFunction.named("first_over_time", in: PromQLVersion(3, 13))?.isExperimental == true)
    #expect(PromQLFunction.named("first_over_time")?.isExperimental == false)
  }
}

extension String {
  fileprivate func firstRange(of part: String, shiftedBy shift: Int) -> Range<Int>? {
    guard let range = self.ranges(of: part).first else { return nil }
    let start = utf8.distance(from: startIndex, to: range.lowerBound) + shift
    return start..<(start + part.utf8.count)
  }
}
