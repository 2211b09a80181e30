import Testing

@testable import Syntax

@Suite struct PromQLReadingTests {
  @Test(
    arguments: [
      ("up == 0", ["up"]),
      (
        "sum by (job, node) (rate(http_requests_total{code=~\"5..\"}[5m])) / on(job) group_left(x) foo > 0.05",
        ["http_requests_total", "foo"]
      ),
      ("{__name__=\"a:b\", job=\"x\"} or {__name__=~\"c|d\"} or {__name__=~\"e.*|f\"}", ["a:b", "c", "d"]),
      ("{\"my.metric\", \"my.label\"=\"v\"}", ["my.metric"]),
      ("vllm:num_requests_running # vllm:in_comment\n + 1h30m", ["vllm:num_requests_running"]),
      ("histogram_quantile(0.99, sum(rate(x_bucket[$__rate_interval])) by (le))", ["x_bucket"]),
      ("label_replace(a, \"b\", \"$1\", \"c\", \"(.*)\") and b offset 5m unless c @ start()", ["a", "b", "c"]),
      ("$metric{job=\"[[job]]\"} * ${scale:raw} + min_over_time(y[1h:5m])", ["y"]),
      ("count_values(\"version\", build_info)", ["build_info"]),
      ("sum + by{a=\"b\"} or (and)", ["sum", "by", "and"]),
      ("1e3 + 0x1F - Inf + 5m", []),
    ] as [(String, [String])])
  func metricNames(text: String, names: [String]) throws {
    #expect(try PromQLExpression.parse(text, options: .grafana).reading.metrics == names)
  }

  @Test func labelsAndLiterals() throws {
    let text =
      #"label_replace(sum by (job) (x{model="é\"q", a!~'b'}), "n", "$1", "model", "(.*)") * on(i) group_left(k) y"#
    let reading = try PromQLExpression.parse(text).reading
    #expect(reading.labels == ["job", "model", "a", "i", "k"])
    #expect(reading.literals.map(\.text) == ["é\"q", "b", "n", "$1", "model", "(.*)"])
    let bytes = Array(text.utf8)
    #expect(
      reading.literals.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        == [#""é\"q""#, "'b'", #""n""#, #""$1""#, #""model""#, #""(.*)""#])
  }

  /// What is no PromQL is read by its tokens.
  @Test func malformedTexts() {
    let reading = PromQLReading(
      ofAnyText: #"(sum(x{a="b", "c"="d", $e="f"}) by (g) if {__name__=~"y|z"} == "h") keep ("i")"#)
    #expect(reading.metrics == ["x", "if", "y", "z"])
    #expect(reading.labels == ["a", "c", "g"])
    #expect(reading.literals.map(\.text) == ["b", "d", "f", "y|z", "h", "i"])
    for text in ["", "{", "\"", "sum(", "]["] { #expect(PromQLReading(ofAnyText: text).metrics == []) }
  }
}
