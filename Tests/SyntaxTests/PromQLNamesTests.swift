import TestSupport
import Testing

@testable import Syntax

@Suite struct PromQLNamesTests {
  @Test(
    arguments: [
      ("up == 0", ["up"]),
      (
        "sum by (job, node) (rate(http_requests_total{code=~\"5..\"}[5m])) / on(job) group_left(x) foo > 0.05",
        ["http_requests_total", "foo"]
      ),
      ("{__name__=\"a:b\", job=\"x\"} or {__name__=~\"c|d\"}", ["a:b", "c", "d"]),
      ("{\"my.metric\", \"my.label\"=\"v\"}", ["my.metric"]),
      ("vllm:num_requests_running # vllm:in_comment\n + 1h30m", ["vllm:num_requests_running"]),
      ("histogram_quantile(0.99, sum(rate(x_bucket[$__rate_interval])) by (le))", ["x_bucket"]),
      ("label_replace(a, \"b\", \"$1\", \"c\", \"(.*)\") and b offset 5m unless c @ start()", ["a", "b", "c"]),
      ("$metric{job=\"[[job]]\"} * ${scale:raw} + min_over_time(y[1h:5m])", ["y"]),
      ("count_values(\"version\", build_info) bool", ["build_info"]),
      ("1e3 + 0x1F - Inf + 5m", []),
      ("", []), ("{", []), ("\"unterminated", []), ("sum(", []),
    ] as [(String, [String])])
  func metricNames(expression: String, names: [String]) {
    #expect(PromQLNames.metricNames(in: expression) == names)
  }

  @Test func labelsAndLiterals() {
    let names = PromQLNames("sum by (job) (x{model=\"é\\\"q\", a!~'b'})")
    #expect(names.labels == ["job", "model", "a"])
    #expect(names.literals.map(\.text) == ["é\"q", "b"])
    #expect(names.literals.map(\.range) == [22..<29, 34..<37])
  }

  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func anyTextIsTaken() throws {
    var random = SeededGenerator(3)
    for path in Shared.files("corpora/promql") {
      let bytes = try Shared.bytes(path)
      for line in bytes.split(separator: 0x0A).prefix(400) {
        _ = PromQLNames(String(decoding: Array(line).damaged(&random), as: UTF8.self))
      }
    }
  }
}
