import Syntax
import TestSupport
import Testing

/// Whatever the text is: an expression or an error, in time and within the stack.
@Suite struct PromQLTotalityTests {
  private static let options = [
    PromQLOptions(), .grafana, PromQLOptions(version: .oldest, features: []),
    PromQLOptions(version: PromQLVersion(3, 4)),
  ]

  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func damagedBytes() throws {
    var random = SeededGenerator(7)
    let texts = PromQLCorpus.scripts.map { Array($0.text.utf8) }
    for round in 0..<3000 {
      let bytes = texts.randomElement(using: &random)!.damaged(&random)
      let options = Self.options[round % Self.options.count]
      do {
        let expression = try PromQLExpression.parse(bytes, options: options)
        #expect(expression.range.upperBound <= bytes.count)
      } catch {
        #expect((0...bytes.count).contains(error.offset) && error.line > 0 && error.column > 0)
      }
      _ = PromQLReading(ofAnyText: String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func randomSymbols() {
    var random = SeededGenerator(8)
    let symbols = [
      "a", "1", "5m", "(", ")", "[", "]", "{", "}", "\"", "'", "`", "=", "~", "!", "+", "-", "@", "$", ":", ",",
    ]
    for round in 0..<4000 {
      let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in symbols.randomElement(using: &random)! }
        .joined()
      if let expression = try? PromQLExpression.parse(text, options: Self.options[round % Self.options.count]) {
        #expect(expression.range.upperBound <= text.utf8.count)
      }
      _ = PromQLReading(ofAnyText: text)
    }
  }

  /// A tree that is too high to walk by recursion is refused; what is just below is taken, compared, printed and let go.
  @Test(
    arguments: [
      ("(", "a", ")", 120), ("abs(", "a", ")", 120), ("sum by (x) (", "a", ")", 120), ("-", "a", "", 120),
      ("a^", "a", "", 120),
      ("a+", "a", "", 490), ("a or ", "a", "", 490), ("a[", "5m", "]", 1), ("max_over_time(", "a", "[5m:])", 60),
    ] as [(String, String, String, Int)])
  func depth(open: String, inner: String, close: String, fits: Int) throws {
    func text(_ count: Int) -> String {
      String(repeating: open, count: count) + inner + String(repeating: close, count: count)
    }
    let expression = try PromQLExpression.parse(text(fits))
    #expect(try PromQLExpression.parse(expression.printed()) == expression)
    #expect(expression.reading.metrics == ["a"])
    #expect(throws: QueryError.self) { try PromQLExpression.parse(text(100_000)) }
  }

  @Test func longTextsTakeNoTimeBeyondTheirLength() throws {
    let list = (0..<20_000).map { "a\($0)=\"b\"" }.joined(separator: ",")
    #expect(try PromQLExpression.parse("x{\(list)}").reading.labels.count == 20_000)
    for text in ["${a.", "[[a", "$", "\"", "{", "a\\", "fill "] {
      let whole = String(repeating: text, count: 30_000)
      _ = PromQLReading(ofAnyText: whole)
      #expect(throws: QueryError.self) { try PromQLExpression.parse(whole, options: .grafana) }
      _ = GrafanaVariable.occurs(in: whole)
    }
  }
}
