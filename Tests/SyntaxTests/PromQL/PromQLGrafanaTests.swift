import Syntax
import Testing

/// Grafana's variables, wherever it would put text.
@Suite struct PromQLGrafanaTests {
  @Test(
    arguments: [
      "$query", "${query:raw} * 100", "rate($metric[$__rate_interval])", "${metric}{job=\"$job\"}",
      "[[metric]][[[range]]]",
      "foo_${part}_total{a=\"b\"}", "foo_$part", "$job:rate5m", "a[${n}m]", "a[1$unit]", "a[$__range:$step]",
      "a[$__interval:] offset -$__interval", "a offset $shift", "a @ $__from", "a[$x * 2]", "sum by ($label, b) (a)",
      "sum by (${labels:csv}) (a)", "a * on($l) group_left($m) b", "a{$name=~\"x\"}", "a{b=\"c\",$filters}",
      "$agg(a)", "$agg by (b) (a)", "$agg by () (a)", "$fn(a[5m])", "topk($k, a)", "a > $limit", "1$x", "$metric{}",
      "{job=~\"$job\"}", "a{b=~\"(${c:pipe})\"}", "${a.b.c}", "$a and on() (vector($b) == 1)", "($a) ^ 2", "-$a",
      "sum(a) by ([[label:csv]])", "$metric offset 5m", "$metric @ 5", "$fn by (a) (1, b)", "a{b=~\"$c)\"}",
    ])
  func readsAndPrints(text: String) throws {
    let expression = try PromQLExpression.parse(text, options: .grafana)
    let printed = expression.printed(dialect: .grafana)
    #expect(try PromQLExpression.parse(printed, options: .grafana) == expression, "\(printed)")
    #expect(printed.contains("$") || printed.contains("[["))
    if !text.contains("\"") { #expect(throws: QueryError.self) { try PromQLExpression.parse(text) } }
  }

  @Test func whatAVariableStandsFor() throws {
    func node(_ text: String) throws -> PromQLExpression.Node {
      try PromQLExpression.parse(text, options: .grafana).node
    }
    #expect(try node("$a") == .variable("$a"))
    #expect(try node("${a}5") == .selector(PromQLSelector(name: "${a}5")))
    #expect(try node("1$a") == .variable("1$a"))
    var selector = PromQLSelector(name: "$a")
    selector.range = .variable("$b")
    #expect(try node("$a[$b]") == .selector(selector))
    guard case .aggregation(let aggregation) = try node("$a by (b) (1, c)") else {
      Issue.record("another tree")
      return
    }
    #expect((aggregation.op, aggregation.variable, aggregation.grouping) == (.variable, "$a", ["b"]))
    #expect(aggregation.parameter != nil)
  }

  @Test(arguments: ["a $op b", "a{$b", "a[$b", "${a", "$", "$1 + a", "a{b=$c}", "[[a]", "a[$b:$c:$d]", "{b=\"\"}"])
  func refuses(text: String) {
    #expect(throws: QueryError.self) { try PromQLExpression.parse(text, options: .grafana) }
  }
}
