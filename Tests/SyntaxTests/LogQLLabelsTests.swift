import Syntax
import Testing

@Suite struct LogQLLabelsTests {
  typealias Origin = LogQLLabels.Origin

  private func labels(_ query: String, options: LogQLOptions = LogQLOptions()) throws -> LogQLLabels {
    try LogQLExpression.parse(query, options: options).labels()
  }

  /// Origins in short: `label`, `json.x`, `'text'`, and so on.
  private func short(_ origins: Set<Origin>?) -> [String] {
    (origins ?? []).map { origin in
      let source =
        switch origin.source {
        case .label(_, let name): name
        case .everyLabel(_, let except): "labels-\(except.sorted().joined(separator: ","))"
        case .line: "line"
        case .field(_, let parser, let name): "\(parser.rawValue).\(name)"
        case .everyField(_, let parser, let except): "\(parser.rawValue)-\(except.sorted().joined(separator: ","))"
        case .literal(let text): "'\(text)'"
        case .error: "error"
        case .number: "number"
        case .unknown: "unknown"
        }
      return source + [.whole: "", .combined: "+", .part: "/"][origin.passage]!
    }.sorted()
  }

  @Test(arguments: [
    (#"{job="a"}"#, "job", ["'a'"]), (#"{job="a"}"#, "pod", ["pod"]), (#"{job=~"a|b"}"#, "job", ["'a'", "'b'"]),
    (#"{job="a"} | json"#, "user", ["json.user/", "user"]), (#"{job="a"} | json"#, "job", ["'a'"]),
    (#"{job="a"} | json"#, "job_extracted", ["job_extracted", "json.job_extracted/"]),
    (#"{job="a"} | logfmt msg, who="user""#, "who", ["logfmt.who/", "who"]),
    (#"{job="a"} | logfmt msg"#, "who", ["who"]),
    (#"{job="a"} | regexp "(?P<m>.+) (\\d)""#, "m", ["m", "regexp.m/"]),
    (#"{job="a"} | pattern "<_> <job>""#, "job_extracted", ["job_extracted", "pattern.job/"]),
    (#"{job="a"} | json | user="x""#, "user", ["'x'"]),
    (#"{job="a"} | json | user=~"x.*""#, "user", ["json.user/", "user"]),
    (#"{job="a"} | json | user="x" or pod="y""#, "user", ["'x'", "json.user/", "user"]),
    (#"{job="a"} | json | drop user"#, "user", []), (#"{job="a"} | json | keep job"#, "user", []),
    (#"{job="a"} | json | keep user=~"x|y""#, "user", ["'x'", "'y'"]),
    (#"{job="a"} | json | label_format u=user"#, "u", ["json.u/", "json.user/", "u", "user"]),
    (#"{job="a"} | json | label_format u=user"#, "user", []),
    (#"{job="a"} | label_format l="{{__line__}}""#, "l", ["line"]),
    (#"{job="a"} | label_format l="x {{.pod}}""#, "l", ["'x '+", "pod+"]),
    (#"{job="a"} | label_format l="{{.pod | upper}}""#, "l", ["l", "pod+"]),
    (#"{job="a"} | line_format "{{.pod}}" | regexp "(?P<x>.*)""#, "x", ["pod/", "x"]),
    (#"{job="a"} | json | label_format a="1", b="{{.a}}""#, "b", ["a", "json.a/"]),
    (
      #"{job="a"} | json | took > 5s"#, "__error_details__",
      ["__error_details__", "error", "json.__error_details__/", "json.took/", "line/", "took/"]
    ),
    (#"{job="a"} | json | __error__="""#, "__error__", []),
    (#"sum by (user) (rate({job="a"} | json [5m]))"#, "user", ["json.user/", "user"]),
    (#"sum by (user) (rate({job="a"} | json [5m]))"#, "pod", []), (#"sum(rate({job="a"} | json [5m]))"#, "user", []),
    (#"sum without (user) (rate({job="a"} | json [5m]))"#, "user", []),
    (#"topk by (pod) (3, rate({job="a"} | json [5m]))"#, "user", ["json.user/", "user"]),
    (#"sum_over_time({job="a"} | json | unwrap n [5m])"#, "n", []),
    (#"max_over_time({job="a"} | json | unwrap n [5m]) by (n)"#, "n", ["json.n/", "n"]),
    (#"sum by (n) (sum_over_time({job="a"} | json | unwrap n [5m]))"#, "n", ["json.n/", "n"]),
    (#"rate({job="a"} | json [5m])"#, "__error__", []),
    (#"avg_over_time({job="a"} | json | __error__!="" | unwrap n [5m]) by (pod)"#, "user", ["json.user/", "user"]),
    (#"avg_over_time({job="a"} | json | __error__="" | unwrap n [5m]) by (pod)"#, "user", []),
    (#"avg_over_time({job="a"} | json | unwrap n | __error__!="" [5m]) by (pod)"#, "user", ["json.user/", "user"]),
    (#"avg_over_time({job="a"} | json | unwrap n | __error__="" [5m]) by (pod)"#, "user", []),
    (#"absent_over_time({job="a", pod=~"b"} | json [5m])"#, "job", ["'a'"]),
    (#"absent_over_time({job="a", pod=~"b"} | json [5m])"#, "pod", []),
    (#"rate({job="a"}[5m]) / on (job) group_left (zone) rate({job="b"}[5m])"#, "zone", ["zone"]),
    (#"rate({job="a"}[5m]) / on (job) rate({job="b"}[5m])"#, "pod", []),
    (#"rate({job="a"}[5m]) or rate({job="b"}[5m])"#, "job", ["'a'", "'b'"]), ("vector(1)", "job", []),
    (#"label_replace(rate({job="a"}[5m]), "x", "$1-y", "pod", "(.*)-.*")"#, "x", ["'-y'+", "pod/", "x"]),
    (#"label_replace(rate({job="a"}[5m]), "x", "$1", "pod", "(.*)")"#, "x", ["pod"]),
    (#"variants(count_over_time({job="a"}[5m])) of ({job="a"} | json [5m])"#, "user", ["json.user/", "user"]),
    (#"variants(count_over_time({job="a"}[5m])) of ({job="a"} | json [5m])"#, "__variant__", ["number"]),
  ]) func traces(query: String, label: String, expected: [String]) throws {
    #expect(short(try labels(query).origins(of: label)) == expected)
  }

  @Test(arguments: [
    (#"{job="a"} |= "x""#, ["line"]), (#"{job="a"} | decolorize"#, ["line"]),
    (#"{job="a"} | json | line_format "{{.msg}}""#, ["json.msg/", "msg"]),
    (#"{job="a"} | json | line_format "{{.job}} {{.msg | trunc 5}}""#, ["' '+", "'a'+", "json.msg/", "line", "msg+"]),
    (#"{job="a"} | line_format "{{.}}""#, ["'a'", "labels-job"]), (#"{job="a"} | unpack"#, ["line", "line/"]),
    (#"{job="a"} | line_format "ok""#, ["'ok'"]),
    (#"{job="a"} | line_format "{{with .pod}}{{.}}{{end}}""#, ["line", "pod+"]),
  ]) func tracesTheLine(query: String, expected: [String]) throws {
    let labels = try labels(query)
    #expect(labels.returnsLines && short(labels.line) == expected)
  }

  @Test func tellsSeriesAndSelectors() throws {
    let labels = try labels(#"sum(rate({job="a"}[5m])) / rate({job="b"} | json [5m])"#)
    #expect(!labels.returnsLines && labels.selectors.map(\.range) == [9..<18, 32..<41])
  }

  @Test func tellsWhatTheWholeSetShows() throws {
    let labels = try labels(#"rate({job="a"} | json | drop user, pod [5m])"#)
    #expect(
      short(labels.everyOrigin(except: ["x"])) == [
        "'a'", "json-__error__,job,pod,user,x/", "labels-__error__,__error_details__,job,pod,user,x",
      ])
    #expect(
      labels.predicted(labelsOf: { _ in ["job", "pod", "zone"] }, fieldsOf: { _ in ["a", "user"] }).possibly == [
        "job", "zone", "a", "a_extracted", "user_extracted",
      ])
  }

  @Test func tracesLongPipelines() throws {
    let labels = try labels(#"{job="a"} "# + String(repeating: "| json ", count: 15_000) + "| drop user | json")
    #expect(short(labels.origins(of: "user")) == ["json.user/"])
    #expect(labels.carried.others.count == 2)
  }

  @Test func boundsWhatVariablesMayBe() throws {
    let query = #"sum by ($by) (rate({job=~"$job"} | json | $more [$__auto]))"#
    let labels = try labels(query, options: .grafana)
    #expect(labels.origins(of: "anything").contains(Origin(.unknown)))
    #expect(labels.predicted(labelsOf: { _ in [] }).isOpen)
  }
}
