import Syntax
import Testing

@testable import Templates

/// Functions that the programs at hand are too old for, or that no program is asked for, by their sources.
struct FunctionTests {
  private func render(
    _ text: String, _ dialect: TemplateDialect, _ data: TemplateValue, _ environment: TemplateEnvironment = .init()
  ) throws -> String {
    String(decoding: try Template(text, dialect: dialect).render(data, in: environment), as: UTF8.self)
  }

  @Test(arguments: [
    ("{{ .a | ToUpper | TrimSuffix \"X\" }}", "X"), ("{{ .a }}{{ .none }}", "b c"),
    ("{{ __line__ | lower }}", "line é"),
    ("{{ __timestamp__ | date \"2006-01-02\" }}", "1970-01-02"),
    ("{{ alignLeft 5 .a }}|{{ alignRight 5 .a }}|{{ alignLeft 1 __line__ }}", "b c  |  b c|L"),
    (
      "{{ add 1 \"2\" 3.9 }} {{ sub 5 2 }} {{ mul 2 3 }} {{ div 7 2 }} {{ mod 7 3 }} {{ max 1 5 2 }} {{ min 4 2 }}",
      "6 3 6 3 1 5 2"
    ),
    (
      "{{ maxf 1.5 2 }} {{ minf 1.5 2 }} {{ ceil 1.2 }} {{ floor 1.8 }} {{ round 1.2345 2 }} {{ int \"12.00\" }} {{ float64 \"1.5\" }}",
      "2 1.5 2 1 1.23 12 1.5"
    ),
    ("{{ trunc 2 \"abc\" }}{{ trunc -2 \"abc\" }}{{ substr 1 2 \"abc\" }}{{ repeat 2 \"ab\" }}", "abbcbabab"),
    ("{{ indent 2 \"a\\nb\" }}{{ nindent 1 \"c\" }}", "  a\n  b\n c"),
    ("{{ contains \"b\" .a }}{{ hasPrefix \"b\" .a }}{{ hasSuffix \"b\" .a }}", "truetruefalse"),
    ("{{ replace \"b\" \"d\" .a }}{{ trimAll \"bc\" .a }}{{ trim \" x \" }}", "d c x"),
    ("{{ default \"d\" .none }}{{ default \"d\" .a }}", "db c"),
    ("{{ b64enc .a }} {{ b64dec \"YiBj\" }} {{ b64dec \"YWI\" }}", "YiBj b c ab"),
    ("{{ urlencode .a }} {{ urldecode \"a%20b+c\" }}", "b+c a b c"), ("{{ count \"[a-z]\" .a }}", "2"),
    ("{{ bytes \"2KB\" }} {{ duration \"1m30s\" }}", "2000 90"),
    ("{{ regexReplaceAll \"(b)\" .a \"<$1>\" }}{{ regexReplaceAllLiteral \"b\" .a \"$1\" }}", "<b> c$1 c"),
    ("{{ title \"ab cd-ef\" }}", "Ab Cd-Ef"),
    ("{{ range $k, $v := fromJson \"{\\\"x\\\":[1,true,null]}\" }}{{ $k }}={{ $v }}{{ end }}", "x=[1 true <nil>]"),
    (
      "{{ unixToTime \"1700000000\" | unixEpoch }} {{ unixEpochMillis (unixToTime \"1700000000123\") }}",
      "1700000000 1700000000123"
    ),
  ])
  func ofLoki(_ text: String, _ expected: String) throws {
    var environment = TemplateEnvironment()
    environment.line = Array("LINE É".utf8)
    environment.timestamp = TemplateTime(seconds: 86_400)
    // `TrimSuffix` cuts its second argument off its first.
    #expect(try render(text, .loki, .texts(["a": Array("b c".utf8)]), environment) == expected)
  }

  @Test func ofNewAlertmanagers() throws {
    var environment = TemplateEnvironment()
    environment.now = TemplateTime(seconds: 1_709_107_503 + 90)
    for (text, expected) in [
      ("{{ .GroupLabels }}|{{ .GroupLabels.SortedPairs }}", "alertname=High, zone=z1|alertname=High, zone=z1"),
      (
        "{{ (index .Alerts 0).StartsAt | date \"15:04\" }} {{ since (index .Alerts 0).StartsAt | humanizeDuration }}",
        "08:05 1m 29s"
      ),
      (
        "{{ toJson .GroupLabels }}{{ toJson (list 1 \"a<\" nil 1.5) }}",
        "{\"alertname\":\"High\",\"zone\":\"z1\"}[1,\"a\\u003c\",null,1.5]"
      ),
      ("{{ base64encode \"a?>\" }} {{ base64decode \"YT8-\" }}", "YT8- a?>"),
      ("{{ urlUnescape \"a%2Fb\" }}{{ trimSpace \" x \" }}", "a/bx"),
      (
        "{{ (dict \"a\" 1 \"b\" (list 1 2)).b }}{{ append (list 1) 2 }}{{ .GroupLabels.Values.Join \"-\" }}",
        "[1 2][1 2]High-z1"
      ),
      ("{{ range $i := 3 }}{{ $i }}{{ end }}", "012"), ("{{ $x := 0 }}{{ range $x = list 1 2 }}{{ end }}{{ $x }}", "2"),
    ] {
      #expect(try render(text, .alertmanager, NotificationTemplates.data().value(), environment) == expected, "\(text)")
    }
  }

  @Test func ofGrafana() throws {
    let data = TemplateValue.grafanaRule(
      labels: ["a": "1", "b": "2"], values: ["A": (["x": "y"], 1.5), "B": (["x": "z"], 1234)], value: "[ var='A' ]")
    for (text, expected) in [
      ("{{ $labels }} {{ $values.A }} {{ $values.B.Value }} {{ $value }}", "a=1, b=2 1.5 1234 [ var='A' ]"),
      ("{{ $labels.none }}", "[no value]"),
      (
        "{{ filterLabels $labels \"a\" }}|{{ removeLabels $labels \"a\" }}|{{ filterLabelsRe $labels \"^b\" }}",
        "a=1|b=2|b=2"
      ),
      ("{{ mergeLabelValues $values }}", "x=y, z"), ("{{ removeLabelsRe $labels \"^b\" }}{{ query \"up\" }}", "a=1[]"),
      (
        "{{ graphLink `{\"datasource\":\"my prom\",\"expr\":\"up{a=\\\"b\\\"}\"}` }}|{{ tableLink \"x\" }}|{{ tableLink \"{}\" }}",
        "/explore?left={\"datasource\":\"my+prom\",\"queries\":[{\"datasource\":\"my+prom\",\"expr\":\"up%7Ba%3D%22b%22%7D\",\"instant\":false,\"range\":true,\"refId\":\"A\"}],\"range\":{\"from\":\"now-1h\",\"to\":\"now\"}}||/explore?left={\"datasource\":\"\",\"queries\":[{\"datasource\":\"\",\"expr\":\"\",\"instant\":true,\"range\":false,\"refId\":\"A\"}],\"range\":{\"from\":\"now-1h\",\"to\":\"now\"}}"
      ),
      ("{{ humanize $values.B.Value }}", "1.234k"),
    ] {
      #expect(try render(text, .grafanaRules, data) == expected, "\(text)")
    }
  }

  /// `templates/gomplate` and `templates/template_data.go` of grafana/alerting.
  @Test(arguments: [
    ("{{ define \"t\" }}<{{ . }}>{{ end }}{{ tmpl.Exec \"t\" \"x\" }}{{ tmpl.Exec \"t\" 1 2 }}", "<x><<no value>>"),
    ("{{ coll.Dict \"a\" 1 \"b\" | data.ToJSON }}{{ coll.Dict nil 1 2 3 }}", "{\"a\":1,\"b\":\"\"}map[2:3 nil:1]"),
    (
      "{{ coll.Slice 1 \"a\" }}{{ coll.Slice }}{{ coll.Append 3 (coll.Slice 1 2) }}{{ coll.Append \"x\" (stringSlice \"y\") }}",
      "[1 a][][1 2 3][y x]"
    ),
    (
      "{{ data.ToJSONPretty \" \" (coll.Dict \"a\" (coll.Slice 1)) }}{{ data.ToJSON .Labels }}",
      "{\n \"a\": [\n  1\n ]\n}{\"alertname\":\"<A>\",\"b\":\"c\"}".replacing("<A>", with: "\\u003cA\\u003e")
    ),
    ("{{ time.Now.Unix }}", "7"),
    (
      "{{ data.ToJSON . }}",
      "{\"labels\":{\"alertname\":\"\\u003cA\\u003e\",\"b\":\"c\"},\"silenceURL\":\"s\",\"orgId\":1}"
    ),
    ("{{ .Labels }}|{{ .Values.A }}|{{ .Values.B }}", "alertname=<A>, b=c|1.5|0"),
  ])
  func ofGrafanaNotifications(_ text: String, _ expected: String) throws {
    var environment = TemplateEnvironment()
    environment.now = TemplateTime(seconds: 7)
    var fields: [(name: String, value: TemplateValue)] = [
      ("Labels", .map(.init(texts: ["alertname": "<A>", "b": "c"], .pairs))), ("SilenceURL", .string("s")),
      ("ImageURL", .string("")), ("OrgID", .long(1)), ("RuleUID", .string("")), ("Vars", .map(.init([:], .texts))),
    ]
    if text.contains("Values") { fields.append(("Values", .map(.init(["A": .float(1.5)], .numbers)))) }
    let data = TemplateValue.object(.init(.grafanaAlert, fields))
    #expect(try render(text, .grafanaNotifications, data, environment) == expected)
  }

  @Test(arguments: [
    "{{ coll.Append 1 nil }}", "{{ coll.Append 1 \"x\" }}", "{{ tmpl.Exec \"nosuch\" }}", "{{ tmpl.Exec 1 }}",
    "{{ data.ToJSON }}",
  ])
  func failsInGrafana(_ text: String) throws {
    let error = #expect(throws: TemplateError.self) { try render(text, .grafanaNotifications, .none) }
    #expect(error?.isUnsupported == false)
  }

  /// Rules of years to come, of which the system's files say nothing: `Jn` leaves out 29 February, and summer may span the new year.
  @Test(arguments: [
    ("AAA3BBB,J60/0,J300/0", "2023-03-01T02:59:59Z", "AAA"), ("AAA3BBB,J60/0,J300/0", "2023-03-01T03:00:00Z", "BBB"),
    ("AAA3BBB,J60/0,J300/0", "2024-03-01T02:59:59Z", "AAA"), ("AAA3BBB,J60/0,J300/0", "2024-03-01T03:00:00Z", "BBB"),
    ("AAA3BBB,J60/0,J300/0", "2023-10-27T01:59:59Z", "BBB"), ("AAA3BBB,J60/0,J300/0", "2023-10-27T02:00:00Z", "AAA"),
    ("AAA-1BBB-2,59,299", "2024-02-29T00:59:59Z", "AAA"), ("AAA-1BBB-2,59,299", "2024-02-29T01:00:00Z", "BBB"),
    ("AAA0BBB,M10.1.0/0,M4.1.0/1:30", "2050-01-01T00:00:00Z", "BBB"),
    ("AAA0BBB,M10.1.0/0,M4.1.0/1:30", "2050-04-03T00:29:59Z", "BBB"),
    ("AAA0BBB,M10.1.0/0,M4.1.0/1:30", "2050-04-03T00:30:00Z", "AAA"),
    ("AAA0BBB,M10.1.0/0,M4.1.0/1:30", "2050-10-02T00:00:00Z", "BBB"),
    ("<-03>3", "2050-07-01T00:00:00Z", "-03"), ("AAA0BBB,M3.5.0,M10.5.0/-1", "2050-03-27T02:00:00Z", "BBB"),
    ("AAA0BBB,M3.5.0,M10.5.0/-1", "2050-10-29T22:00:00Z", "AAA"),
    ("AAA0BBB,M3.5.0,M10.5.0/-1", "2050-10-29T21:59:59Z", "BBB"),
  ])
  func ofZones(_ rule: String, _ time: String, _ name: String) throws {
    let rules = try #require(TimeZoneRule(rule))
    #expect(rules.zone(at: try #require(TemplateTime(rfc3339: time)).seconds).name == name)
  }

  @Test(arguments: [
    "", "AA3", "AAA", "AAA3BBB", "AAA3BBB,M13.1.0,M4.1.0", "AAA3BBB,M3.1.0", "AAA3BBB,M3.1.7,M4.1.0", "<A3",
    "AAA3BBB,J60,J90x",
  ])
  func zonesWithoutRules(_ text: String) { #expect(TimeZoneRule(text) == nil) }

  /// One after the other is not one within the other.
  @Test func ofManyCalls() throws {
    let text = "{{ define \"t\" }}x{{ end }}{{ range 100 }}{{ template \"t\" }}{{ end }}"
    #expect(try render(text, .alertmanager, .none).count == 100)
  }

  /// A blank definition replaces no other.
  @Test func ofDefinitions() throws {
    var library = TemplateLibrary(.alertmanager)
    try library.add(Array("{{ define \"a\" }}1{{ end }}{{ define \"b\" }}2{{ end }}".utf8), name: "a.tmpl")
    let text =
      "{{ define \"a\" }} {{/* c */}} {{ end }}{{ define \"b\" }}3{{ end }}{{ template \"a\" }}{{ template \"b\" }}"
    #expect(try Template(text, dialect: .alertmanager, library: library).render(.none) == Array("13".utf8))
  }

  /// Prometheus's own functions that promtool can't be asked for.
  @Test func ofThePlace() throws {
    var environment = TemplateEnvironment()
    environment.externalURL = "http://a:9090/prefix"
    environment.now = TemplateTime(seconds: 5, nanoseconds: 500_000_000)
    #expect(
      try render(
        "{{ externalURL }} {{ pathPrefix }} {{ now }} {{ toDuration 90 }} {{ urlQueryEscape \"a b\" }}", .prometheus,
        .none, environment)
        == "http://a:9090/prefix /prefix 5.5 1m30s a+b")
  }

  @Test func isBounded() throws {
    var environment = TemplateEnvironment()
    environment.limits.output = 1000
    environment.limits.steps = 10_000
    for text in [
      "{{ range $i := 1000000 }}{{ end }}", "{{ range $i := 500 }}abc{{ end }}", "{{ printf \"%2000d\" 1 }}",
      "{{ define \"r\" }}{{ template \"r\" . }}{{ end }}{{ template \"r\" . }}",
    ] {
      let error = #expect(throws: TemplateError.self) { try render(text, .alertmanager, .none, environment) }
      #expect(error?.isUnsupported == false)
    }
    let place = try Template("a{{ if true }}{{ len 1 }}{{ end }}", dialect: .loki)
    let error = #expect(throws: TemplateError.self) { try place.render(.none) }
    #expect(error?.place?.offset == 14)
  }

  /// What is not evaluated says so, before and while it runs.
  @Test func saysWhatItDoesNotEvaluate() throws {
    #expect(try Template("{{ .a }}{{ uuidv4 }}", dialect: .promtail).unsupported?.offset == 11)
    #expect(try Template("{{ or .a .b }}", dialect: .promtail).unsupported == nil)
    let error = #expect(throws: TemplateError.self) { try render("{{ 1i }}", .loki, .none) }
    #expect(error?.isUnsupported == true)
  }
}
