import Syntax
import Testing

@Suite struct LogQLStageErrorTests {
  /// What Loki 3.6 parses and then refuses to run, with the place.
  static let refused = [
    (#"{a="b"} |~ "(""#, 11), (#"{a="b"} !~ "a" or "[""#, 18), (#"{a="b"} |> "<x>""#, 11), (#"{a="b"} |= ip("x")"#, 14),
    (#"{a="b"} |~ ip("10.0.0.1")"#, 14), (#"{a="b"} | c = ip("10.0.0.0/33")"#, 17),
    (#"{a="b"} | c != ip("10.0.0.2-10.0.0.1")"#, 18),
    (#"{a="b"} | json c="x..y""#, 17), (#"{a="b"} | json c="x[1.5]""#, 17), (#"{a="b"} | json c="""#, 17),
    (#"{a="b"} | logfmt c="x.y""#, 19), (#"{a="b"} | line_format "{{""#, 22),
    (#"{a="b"} | line_format "{{ nosuch . }}""#, 22),
    (#"{a="b"} | label_format c="{{ end }}""#, 25), (#"{a="b"} | label_format c=d, c="e""#, 28),
    (#"rate({a="b"} | label_format __error__="x" [5m])"#, 28), (#"{a="b"} | c = ip("01.2.3.4")"#, 17),
  ]

  static let accepted = [
    #"{a="b"} |= ip("10.0.0.1") |= ip("10.0.0.0/8") != ip("10.0.0.1-10.0.0.9") |= ip("2001:db8::/32") |= "x" or ip("y")"#,
    #"{a="b"} | json c="x.y[0][\"z w\"].v", d="[\"k\"]", e="[0]" | logfmt f="g", h="\"i j\"""#,
    #"{a="b"} |> "<_> x" | line_format "{{ .c | trunc 5 }}{{ __line__ }}" | label_format d="{{.e}}", f=g"#,
    #"{a="b"} | c = ip("x") or d = "y""#,
  ]

  @Test(arguments: refused) func saysWhatLokiWouldRefuseToRun(query: String, offset: Int) throws {
    #expect(try LogQLExpression.parse(query).stageErrors(in: query).map(\.offset) == [offset])
  }

  @Test(arguments: accepted) func findsNothingElse(query: String) throws {
    #expect(try LogQLExpression.parse(query).stageErrors(in: query) == [])
  }

  @Test func leavesVariablesAlone() throws {
    let query = #"{a="b"} |~ "($x" | line_format "{{ ${y} }}""#
    #expect(try LogQLExpression.parse(query, options: .grafana).stageErrors(in: query, options: .grafana) == [])
    #expect(try LogQLExpression.parse(query).stageErrors(in: query).count == 2)
  }
}
