import Syntax
import Testing

@Suite struct PromQLPrinterTests {
  /// As Prometheus's own printer has it.
  @Test(
    arguments: [
      ("SUM  BY( a,b )(c)", "sum by (a, b) (c)"), ("sum(c)without()", "sum without () (c)"),
      ("topk( 3,a )", "topk(3, a)"),
      ("a+on(x)group_left b", "a + on (x) group_left () b"), ("a+ignoring() b", "a + b"), ("a==bool b", "a == bool b"),
      ("a{b='c',d=~`e`}[300]offset -1h", #"a{b="c",d=~"e"}[5m] offset -1h"#), ("a[5m:]", "a[5m:]"),
      ("a[1h30m:60]@1.5 offset 1y", "a[1h30m:1m] @ 1.500 offset 1y"), ("-a", "-a"), ("- 5", "-5"), ("+5", "5"),
      ("1e3", "1000"), ("1e21", "1000000000000000000000"), (".5", "0.5"), ("1.5e-7", "0.00000015"), ("0x1F", "31"),
      ("017", "15"), ("089", "89"), ("1_000.5", "1000.5"), ("5.", "5"),
      ("90m", "1h30m"), ("-5m", "-5m"), ("Inf", "Inf"), ("-inf", "-Inf"), ("nAn", "NaN"), ("-0", "-0"), ("-0s", "-0s"),
      (#"{"a.b","c.d"="e"}"#, #"{"a.b","c.d"="e"}"#), (#"{"up"}"#, "up"), (#"{x="y","up"}"#, #"up{x="y"}"#),
      (#"{"on"}"#, #"{"on"}"#), (#"{"NaN"} + {"sum"}"#, #"{"NaN"} + sum"#),
      (
        #"sum by ("a.b","without",on) (c)"#,
        #"sum by ("a.b", "without", on) (c)"#
      ), (#"{__name__="a"}"#, #"{__name__="a"}"#),
      ("a[ 5m*2 ]", "a[5m * 2]"), ("a[(5m+1)]offset(step())", "a[(5m + 1)] offset (step())"),
      ("a offset - -step()^2", "a offset --step() ^ 2"), ("a offset - -5m+3", "a offset ++5m + 3"),
      ("a offset + -5^step()", "a offset +-5 ^ step()"),
      ("a[5m] anchored @ start()", "a[5m] anchored @ start()"), ("a+fill( 0 )b", "a + fill (0) b"),
      ("a+fill_right(1) fill_left(0) b", "a + fill_left (0) fill_right (1) b"), (#""\x41\n\ufffd""#, #""A\n\ufffd""#),
      ("a @ -9e15", "a @ -9000000000000000"), ("info(a,{})", "info(a, {})"),
    ] as [(String, String)])
  func styles(text: String, printed: String) throws {
    let expression = try PromQLExpression.parse(text)
    #expect(expression.description == printed)
    #expect(try PromQLExpression.parse(printed) == expression)
  }

  @Test(
    .enabled(if: Shared.isThere, "no evaluation data beside the checkout"),
    arguments: ["rules", "scripts", "dashboards"])
  func everyExpressionReadsBack(kind: String) throws {
    let items =
      switch kind {
      case "rules": PromQLCorpus.rules
      case "scripts": PromQLCorpus.scripts
      default: PromQLCorpus.dashboards
      }
    let options = kind == "dashboards" ? PromQLOptions.grafana : PromQLOptions()
    var count = 0
    for (index, item) in items.enumerated() {
      guard let expression = try? PromQLExpression.parse(item.text, options: options) else { continue }
      count += 1
      let printed = expression.printed(dialect: options.dialect)
      let again = try? PromQLExpression.parse(printed, options: options)
      #expect(again == expression, "\(item.file), expression \(index)")
      #expect(again?.printed(dialect: options.dialect) == printed, "\(item.file), expression \(index)")
    }
    // All that the scripts evaluate is valid at the newest version; some files of rules are Loki's, or templates of charts.
    let least = ["scripts": max(items.count, 2000), "rules": 900, "dashboards": max(items.count * 97 / 100, 4000)]
    #expect(count >= least[kind]!)
  }
}
