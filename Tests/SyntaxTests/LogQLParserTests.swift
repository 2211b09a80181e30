import Syntax
import TestSupport
import Testing

@Suite struct LogQLParserTests {
  /// Each prints as it is written here.
  static let canonical = [
    #"{job="vllm", node=~"gpu-.*", pod!="a", zone!~"b|c"}"#,
    #"{job="vllm"} |= "error" or "fatal" != "debug" |~ "a.+" !~ "b" |> "<_> x <_>" !> "y""#,
    #"{job="vllm"} |= ip("10.0.0.0/8") or "x" != ip("::1")"#,
    #"{job="vllm"} | json | json status="response.status", id="ids[0]""#,
    #"{job="vllm"} | logfmt | logfmt --strict --keep-empty a="b", c="c""#,
    #"{job="vllm"} | regexp "(?P<status>\\d+)" | pattern "<ip> - <_>" | unpack | decolorize"#,
    #"{job="vllm"} | line_format "{{.status}}" | label_format a=b, c="{{.d}}""#,
    #"{job="vllm"} | drop a, b="c" | keep d, e=~"f""#,
    #"{job="vllm"} | a="b" and c != 5 or d > 1h30m and e <= 5000000B"#,
    #"{job="vllm"} | (a="b" or c >= -2.5) and (d=~"x" or e = ip("10.0.0.1-10.0.0.9"))"#,
    #"{job="vllm"} | a < -1500000000ns or b == 0kB"#,
    #"rate({job="vllm"} | json [5m])"#,
    #"count_over_time({job="vllm"} [1d2h] offset 250ms)"#,
    #"quantile_over_time(0.99, {job="vllm"} | json | unwrap duration_seconds(took) | __error__="" [5m]) by (job, node)"#,
    #"sum_over_time({job="vllm"} | unwrap bytes(size) | a="b" | c > 1 [5m])"#,
    #"max_over_time({job="vllm"} | unwrap x [5m]) without ()"#,
    #"sum by (job) (rate({job="vllm"} [5m]))"#,
    #"topk without (pod) (3, sum(rate({job="vllm"} [5m])))"#,
    #"sum(rate({a="b"} [5m])) / on (job, node) group_left (zone) sum(rate({c="d"} [5m])) > bool 0.5"#,
    #"(1 + 2) * 3 - (4 - 5) - 2 ^ 3 ^ 4 % -6"#,
    #"(sum(rate({a="b"} [5m])) or vector(0)) and ignoring () vector(1) unless vector(2)"#,
    #"label_replace(rate({a="b"} [5m]), "x", "$1", "y", "(.*)")"#,
    #"variants(count_over_time({a="b"} [5m]), bytes_over_time({a="b"} [5m])) of ({a="b"} [5m])"#,
    #"sort_desc(approx_topk(5, rate({a="b"} [1m]))) == 1e+20"#,
    #"count_over_time({a="b"} | count="x" | min > 1 | rate < 2 [5m])"#,
  ]

  @Test(arguments: canonical) func printsWhatItRead(query: String) throws {
    let expression = try LogQLExpression.parse(query)
    #expect(expression.description == query)
    #expect(try LogQLExpression.parse(expression.description) == expression)
  }

  /// Other ways to write the same.
  @Test(
    arguments: [
      ("{ job = `vllm` }", #"{job="vllm"}"#),
      ("{job=`a\\d\"`,node=\"\\u00e9\\n\"}", #"{job="a\\d\"", node="é\n"}"#),
      (#"SUM(RATE({a="b"}[5m])) BY (c)"#, #"sum by (c) (rate({a="b"} [5m]))"#),
      (#"rate({a="b"}[5m] |= "x" | json)"#, #"rate({a="b"} |= "x" | json [5m])"#),
      (#"rate(({a="b"} | json)[5m] offset 1h)"#, #"rate({a="b"} | json [5m] offset 1h)"#),
      (#"rate((({a="b"}[300s] offset 3600s | json)))"#, #"rate({a="b"} | json [5m] offset 1h)"#),
      (
        #"sum_over_time(({a="b"})[5m] offset -5m | unwrap c)"#,
        #"sum_over_time({a="b"} | unwrap c [5m] offset -300000000000ns)"#
      ),
      (#"{a="b"} | c="d" e="f", g="h" or i="j""#, #"{a="b"} | c="d" and (e="f" and (g="h" or i="j"))"#),
      (#"{a="b"} | c="d", e="f" and g="h""#, #"{a="b"} | c="d" and (e="f" and g="h")"#),
      (#"{a="b"} | json c, d="e""#, #"{a="b"} | json c="c", d="e""#),
      (#"{a="b"} | c = 5 | d == 1.5KiB | e = 2m30s"#, #"{a="b"} | c == 5 | d == 1536B | e == 2m30s"#),
      ("{a=\"b\"} # all\n// of\n|= /* them */ \"c\"", #"{a="b"} |= "c""#),
      (#"(({a="b"}))"#, #"{a="b"}"#),
      (#"((1)+(2))"#, "1 + 2"),
      (#"-1^2"#, "-1 ^ 2"),
      (#"{a="b"} | label_format 'c'=d, ;="e""#, #"{a="b"} | label_format 'c'=d, ;="e""#),
      (#"{a="b"} | json !"#, #"{a="b"} | json ! ="!""#),
    ])
  func readsOtherSpellings(query: String, printed: String) throws {
    let expression = try LogQLExpression.parse(query)
    #expect(expression.description == printed)
    #expect(try LogQLExpression.parse(expression.description) == expression)
  }

  /// Where each is wrong.
  @Test(arguments: [
    ("", 0), ("{", 1), ("{}", 0), (#"{a=~".*"}"#, 0), (#"{a!="b"}"#, 0), (#"{a=""}"#, 0), (#"{a=~"("}"#, 4),
    (#"{a="b""#, 6), (#"{a="b",}"#, 7), (#"{a="b}"#, 3), (#"{a='b'}"#, 3), (#"{on="b"}"#, 1), (#"{a="b"} |= c"#, 11),
    (#"{a="b"} |"#, 9),
    (#"{a="b"} | json | "#, 17), (#"{a="b"} | unwrap c"#, 8), (#"({a="b"}) |= "c""#, 10),
    (#"{a="b"} | regexp "x""#, 17),
    (#"{a="b"} | pattern "x""#, 18), (#"{a="b"} | pattern "<x><y>""#, 18), (#"{a="b"} | pattern "<x> <x>""#, 18),
    (#"{a="b"} | c > "d""#, 14), (#"{a="b"} | c =~ 5"#, 12), (#"{a="b"} | drop"#, 14),
    (#"rate({a="b"})"#, 12), (#"rate({a="b"}[5])"#, 12), (#"rate({a="b"}[ 5m])"#, 12), (#"rate({a="b"}[5m)"#, 12),
    (#"rate({a="b"}[5m] | json) by (c)"#, 0), (#"avg_over_time({a="b"}[5m])"#, 0),
    (#"bytes_rate({a="b"} | unwrap c [5m])"#, 0),
    (#"quantile_over_time({a="b"} | unwrap c [5m])"#, 0), (#"rate(1, {a="b"}[5m])"#, 0),
    (#"topk(rate({a="b"}[5m]))"#, 0),
    (#"topk(0, rate({a="b"}[5m]))"#, 0), (#"topk(1.5, rate({a="b"}[5m]))"#, 0), (#"sum(2, rate({a="b"}[5m]))"#, 0),
    (#"sort by (c) (rate({a="b"}[5m]))"#, 0), (#"approx_topk(1, rate({a="b"}[5m])) by ()"#, 0),
    (#"sum({a="b"})"#, 4), (#"{a="b"} + 1"#, 0), (#"1 or rate({a="b"}[5m])"#, 2), (#"(1 + 1) and vector(1)"#, 8),
    (#"vector(-1)"#, 7), (#"label_replace(vector(1), "a", "b", "c", "(")"#, 40), ("1 -2m", 2), ("0x1F", 0), ("08", 1),
    ("1__0", 0), ("1e", 2), ("1e999", 0), (#"{a="b"} /* "#, 8), ("{a=\"\\q\"}", 4), ("1PB", 1),
    (#"(variants(vector(1)) of ({a="b"}[5m]))"#, 0), (#"sum by (c) (vector(1)) by (c)"#, 23),
  ]) func refuses(query: String, offset: Int) {
    let error = #expect(throws: QueryError.self) { try LogQLExpression.parse(query) }
    #expect(error?.offset == offset)
  }

  @Test func marksEveryPart() throws {
    let query = #"sum by (user) (rate({job="é"} |= "x" | json user="u.id" | user!="" [5m])) > 2"#
    func text(_ range: Range<Int>) -> String { String(decoding: Array(query.utf8)[range], as: UTF8.self) }
    let expression = try LogQLExpression.parse(query)
    #expect(text(expression.range) == query)
    guard case .binary(let binary) = expression.node, case .aggregation(let sum) = binary.left.node,
      case .rangeAggregation(let rate) = sum.expression.node
    else { throw Unexpected() }
    #expect(text(binary.right.range) == "2")
    #expect(text(sum.grouping!.labels[0].range) == "user")
    #expect(text(sum.expression.range).hasPrefix("rate(") && text(sum.expression.range).hasSuffix("[5m])"))
    let pipeline = rate.operand.pipeline
    #expect(text(pipeline.selectorRange) == #"{job="é"}"#)
    #expect(text(pipeline.matchers[0].range) == #"job="é""#)
    #expect(pipeline.stages.map { text($0.range) } == [#"|= "x""#, #"| json user="u.id""#, #"| user!="""#])
    guard case .json(let extractions) = pipeline.stages[1].node else { throw Unexpected() }
    #expect(text(extractions[0].expression.range) == #""u.id""#)
  }

  private struct Unexpected: Error {}

  @Test(arguments: [
    (#"{a="b"} |> "x""#, LogQLVersion.loki30, LogQLVersion.loki38), (#"{a="b"} |= "x" or "y""#, .loki30, .loki38),
    (#"SUM(vector(1))"#, .loki30, .loki38), ("approx_topk(1, vector(1))", .loki33, .loki38),
    (#"variants(vector(1)) of ({a="b"}[5m])"#, .loki35, .loki35), (#"{variants="b"}"#, .loki29, .loki33),
    (#"{a="b"} | c > 1PB"#, .loki38, .loki38), (#"{a="b"} | c > 1e999"#, .loki29, .loki35),
  ]) func knowsVersions(query: String, first: LogQLVersion, last: LogQLVersion) {
    let versions = LogQLVersion.allCases.filter {
      (try? LogQLExpression.parse(query, options: LogQLOptions(version: $0))) != nil
    }
    #expect(
      versions
        == LogQLVersion.allCases.filter { (first...last).contains($0) || query.contains("{variants") && $0 == .loki38 })
  }

  @Test(arguments: [
    #"sum by ($by) (rate({job=~"$job", $filters} | json | $field="x" |= ${search:doublequote} [$__auto]))"#,
    #"topk($n, rate({a="$b"} [[[interval]]] offset ${shift}))"#, #"{a="b"} $stages | [[more]] | c > $limit"#,
    "$query / [[other:raw]]", #"quantile_over_time($q, {a=~"$b("} | unwrap $field [5$unit])"#,
  ]) func readsVariables(query: String) throws {
    let options = LogQLOptions.grafana
    let expression = try LogQLExpression.parse(query, options: options)
    #expect(expression.description == query)
    #expect(try LogQLExpression.parse(expression.description, options: options) == expression)
    #expect(throws: QueryError.self) { try LogQLExpression.parse(query) }
  }

  @Test func takesAnyStreamWhereAsked() throws {
    let options = LogQLOptions(allowsAnyStream: true)
    for query in ["{}", #"{a=~".*"} |= "x""#] {
      #expect(throws: Never.self) { try LogQLExpression.parse(query, options: options) }
    }
  }

  @Test(arguments: [
    "(", "-(", "{a=\"b\"} | (", "rate(", "1+", "2^", "{a=\"b\"} | a=1 ", "sum(", "a ", "[[", "/*", "1.1",
  ])
  func endsOnDeepQueries(piece: String) {
    for count in [300, 10_000] {
      _ = try? LogQLExpression.parse(String(repeating: piece, count: count))
      _ = try? LogQLExpression.parse(String(repeating: piece, count: count) + "1")
    }
    let chain = #"{a="b"} | "# + String(repeating: "c=1,", count: 190) + "c=1"
    #expect(throws: Never.self) { try LogQLExpression.parse(LogQLExpression.parse(chain).description) }
    let tower = String(repeating: "(1+", count: 190) + "1" + String(repeating: ")", count: 190)
    #expect(throws: Never.self) { try LogQLExpression.parse(LogQLExpression.parse(tower).description) }
  }

  @Test func endsOnAnyBytes() {
    var random = SeededGenerator(5)
    let pieces =
      Self.canonical.flatMap { $0.split(separator: " ") }.map(String.init) + [
        "\0", "\u{FEFF}", "'", "\\", "é", "\u{A0}",
      ]
    for _ in 0..<3000 {
      var query = (0..<Int.random(in: 1...12, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined(separator: " ")
      if Bool.random(using: &random) { query = String(query.shuffled(using: &random)) }
      for allows in [false, true] {
        let options = LogQLOptions(allowsVariables: allows)
        guard let expression = try? LogQLExpression.parse(query, options: options) else { continue }
        #expect((try? LogQLExpression.parse(expression.description, options: options)) == expression)
      }
    }
  }
}
