import Syntax
import Testing

@testable import Templates

/// What of its data a template lets out.
struct FlowTests {
  private func output(_ text: String, _ dialect: TemplateDialect = .prometheus) throws -> Set<TemplateSource> {
    Set(try Template(text, dialect: dialect).flow().output.map(\.source))
  }

  @Test(
    arguments: [
      ("{{ $labels.a }}", [.entry(.labels, "a")]), ("{{ .Labels.a }}", [.entry(.labels, "a")]),
      ("{{ $.Labels.a }}", [.entry(.labels, "a")]),
      ("{{ index $labels \"a\" }}", [.entry(.labels, "a")]), ("{{ \"a\" | index .Labels }}", [.entry(.labels, "a")]),
      ("{{ index $labels $labels.b }}", [.entries(.labels)]),
      (
        "{{ $n := \"a\" }}{{ if .Value }}{{ $n = \"b\" }}{{ end }}{{ index $labels $n }}",
        [.entry(.labels, "a"), .entry(.labels, "b")]
      ),
      ("{{ $labels }}", [.entries(.labels), .names(.labels)]),
      (
        "{{ . }}",
        [
          .entries(.labels), .names(.labels), .entries(.externalLabels), .names(.externalLabels), .value,
          .field("ExternalURL"),
        ]
      ),
      ("{{ range $k, $v := $labels }}{{ $v }}{{ end }}", [.entries(.labels)]),
      ("{{ range $k, $v := $labels }}{{ $k }}{{ end }}", [.names(.labels)]),
      ("{{ range $labels }}{{ . }}{{ end }}", [.entries(.labels)]),
      ("{{ with $labels.a }}{{ . }}{{ else }}{{ $value }}{{ end }}", [.entry(.labels, "a"), .value]),
      ("{{ $x := $labels }}{{ $x.a }}", [.entry(.labels, "a")]),
      ("{{ $x := \"\" }}{{ range $labels }}{{ $x }}{{ $x = . }}{{ end }}", [.entries(.labels)]),
      ("{{ if eq $labels.a \"b\" }}c{{ end }}", []), ("{{ len $labels.a }}", []), ("{{ $labels.a | match \"x\" }}", []),
      ("{{ $labels.a | toUpper | printf \"%s-%v\" $value }}", [.entry(.labels, "a"), .value]),
      ("{{ or $labels.a $labels.b }}", [.entry(.labels, "a"), .entry(.labels, "b")]),
      ("{{ define \"t\" }}{{ .a }}{{ end }}{{ template \"t\" .Labels }}", [.entry(.labels, "a")]),
      (
        "{{ define \"t\" }}{{ .arg1.a }}{{ end }}{{ template \"t\" (args 1 .Labels) }}",
        [.entry(.labels, "a"), .entry(.labels, "arg1"), .entries(.labels), .names(.labels)]
      ),
      ("{{ template \"elsewhere\" . }}", [.anything]), ("{{ define \"unused\" }}{{ .Labels }}{{ end }}x", []),
      (
        "{{ $externalLabels.a }}{{ $externalURL }}{{ externalURL }}",
        [.entry(.externalLabels, "a"), .field("ExternalURL")]
      ),
      ("{{ pathPrefix }}", [.field("ExternalURL")]), ("{{ externalURL }}", [.field("ExternalURL")]),
      ("{{ .Value | humanize }}", [.value]), ("{{ .Nosuch }}", [.anything]),
      ("{{ html $labels.a }}", [.entry(.labels, "a")]), ("{{ safeHtml $labels.a }}", [.entry(.labels, "a")]),
      ("{{ range .Nosuch }}{{ . }}{{ end }}", [.anything]),
      ("{{ range $k, $v := .Nosuch }}{{ $k }}{{ end }}", [.anything]),
      ("{{ query \"up\" | first | value }}", [.queryValue(0)]),
      ("{{ query \"up\" | first | label \"a\" }}", [.queryLabel(0, "a")]),
      ("{{ range query \"up\" | sortByLabel \"b\" }}{{ .Labels.a }}{{ end }}", [.queryLabels(0)]),
      ("{{ range query \"up\" }}{{ .Value }}{{ end }}", [.queryValue(0)]),
      ("{{ with query \"up\" }}{{ . }}{{ end }}", [.queryLabels(0), .queryValue(0)]),
      ("{{ query \"up\" | first | label $labels.a }}", [.queryLabels(0)]),
      ("{{ query \"up\" | first | strvalue }}", [.queryLabel(0, "__value__")]),
    ] as [(String, Set<TemplateSource>)])
  func ofRules(_ text: String, _ expected: Set<TemplateSource>) throws {
    // An element of a list that the template made may be the list's other elements, too.
    let found = try output(text)
    #expect(found.isSuperset(of: text.contains("args") ? [.entry(.labels, "a")] : expected))
    #expect(found.isSubset(of: expected))
  }

  @Test(
    arguments: [
      ("{{ .CommonLabels.a }}", [.entry(.commonLabels, "a")]),
      ("{{ .GroupLabels.SortedPairs.Values | join \" \" }}", [.entries(.groupLabels)]),
      (
        "{{ range .Alerts }}{{ .Labels.a }}{{ .Annotations.b }}{{ end }}",
        [.entry(.labels, "a"), .entry(.annotations, "b")]
      ),
      ("{{ (index .Alerts 0).Labels.a }}", [.entry(.labels, "a")]),
      ("{{ (index .Alerts.Firing 0).GeneratorURL }}", [.field("GeneratorURL")]),
      (
        "{{ range .Alerts.Resolved }}{{ range .Labels.SortedPairs }}{{ .Name }}={{ .Value }}{{ end }}{{ end }}",
        [.names(.labels), .entries(.labels)]
      ),
      (
        "{{ with .CommonLabels.Remove .GroupLabels.Names }}{{ .Values | join \" \" }}{{ end }}",
        [.entries(.commonLabels)]
      ),
      ("{{ .Alerts | len }}", []), ("{{ (index .Alerts 0).StartsAt.Format \"15:04\" }}", [.field("StartsAt")]),
      ("{{ .RouteLabels.a }}{{ .NotificationReason }}", [.entry(.routeLabels, "a"), .field("NotificationReason")]),
      ("{{ routeLabels \"a\" }}", [.anything]),
      ("{{ .GroupLabels.String }}", [.entries(.groupLabels), .names(.groupLabels)]),
      ("{{ .Receiver | urlquery }}", [.field("Receiver")]),
      (
        "{{ template \"slack.default.title\" . }}", [.field("Status"), .entries(.groupLabels), .entries(.commonLabels)]
      ),
      ("{{ .CommonAnnotations.Values.Join .Receiver }}", [.entries(.commonAnnotations), .field("Receiver")]),
      ("{{ (dict \"a\" .Receiver).a }}", [.field("Receiver")]),
      ("{{ range $k, $v := dict .Receiver 1 }}{{ $k }}{{ end }}", [.field("Receiver")]),
      ("{{ .GroupLabels.SortedPairs.Names }}{{ .CommonLabels.Names }}", [.names(.groupLabels), .names(.commonLabels)]),
      (
        "{{ index (dict \"a\" .GroupLabels) \"a\" }}",
        [.entry(.groupLabels, "a"), .entries(.groupLabels), .names(.groupLabels)]
      ),
      ("{{ toJson .GroupLabels }}", [.entries(.groupLabels), .names(.groupLabels)]),
      (
        "{{ define \"all\" }}{{ range . }}{{ .Labels.a }}{{ end }}{{ end }}{{ template \"all\" .Alerts.Firing }}",
        [.entry(.labels, "a")]
      ),
    ] as [(String, Set<TemplateSource>)])
  func ofNotifications(_ text: String, _ expected: Set<TemplateSource>) throws {
    #expect(try output(text, .alertmanager) == expected)
  }

  @Test(
    arguments: [
      (.loki, "{{ __line__ | lower }}", [.line]),
      (.loki, "{{ .a }}{{ ._entry }}", [.entry(.fields, "a"), .entry(.fields, "_entry")]),
      (.loki, "{{ . }}", [.entries(.fields), .names(.fields), .line]), (.promtail, "{{ .Entry }}", [.line]),
      (.promtail, "{{ index . \"Entry\" }}", [.line]),
      (.promtail, "{{ index . \"Other\" }}", [.entry(.fields, "Other")]),
      (.loki, "{{ index . \"Entry\" }}", [.entry(.fields, "Entry")]),
      (.loki, "{{ __timestamp__ }}", [.field("Timestamp")]),
      (.promtail, "{{ call .a }}", [.entry(.fields, "a"), .anything]),
      (
        .grafanaNotifications, "{{ .AppVersion }}{{ .TruncatedAlerts }}{{ .ExternalURL }}{{ .Vars.a }}",
        [.field("AppVersion"), .field("TruncatedAlerts"), .field("ExternalURL"), .entry(.variables, "a")]
      ),
      (
        .grafanaNotifications, "{{ range .Alerts.Resolved }}{{ .OrgID }}{{ .ImageURL }}{{ .Values.A }}{{ end }}",
        [.field("OrgID"), .field("ImageURL"), .entry(.values, "A")]
      ),
      (.grafanaRules, "{{ (removeLabels $labels \"x\").a }}", [.entry(.labels, "a")]),
      (.grafanaRules, "{{ (removeLabelsRe $labels \"x\").a }}", [.entry(.labels, "a")]),
      (.grafanaRules, "{{ (filterLabelsRe $labels \"x\").a }}", [.entry(.labels, "a")]),
      (.promtail, "{{ getHostByName .a }}", [.entry(.fields, "a"), .anything]),
      (.grafanaRules, "{{ (mergeLabelValues $values).a }}", [.entry(.valueLabels, "a")]),
      (.grafanaNotifications, "{{ range .Alerts }}{{ .RuleUID }}{{ end }}", [.entry(.labels, "__alert_rule_uid__")]),
      (.promtail, "{{ .Value | Hash \"salt\" }}", []), (.promtail, "{{ env \"HOME\" }}", [.anything]),
      (.grafanaRules, "{{ $values.A }}{{ $values.B.Value }}", [.value]),
      (.grafanaRules, "{{ $value }}", [.value, .entries(.valueLabels), .names(.valueLabels)]),
      (.grafanaRules, "{{ (index $values \"A\").Labels.a }}", [.entry(.valueLabels, "a")]),
      (.grafanaRules, "{{ filterLabels $labels \"a\" }}", [.entry(.labels, "a")]),
      (.grafanaNotifications, "{{ range .Alerts }}{{ .SilenceURL }}{{ end }}", [.entries(.labels), .names(.labels)]),
      (
        .grafanaNotifications, "{{ define \"t\" }}{{ .Receiver }}{{ end }}{{ tmpl.Exec \"t\" . }}", [.field("Receiver")]
      ),
      (.grafanaNotifications, "{{ coll.Dict \"a\" .Receiver | data.ToJSON }}", [.field("Receiver")]),
    ] as [(TemplateDialect, String, Set<TemplateSource>)])
  func ofOtherPrograms(_ dialect: TemplateDialect, _ text: String, _ expected: Set<TemplateSource>) throws {
    #expect(try output(text, dialect) == expected)
  }

  /// Sprig changes maps where they are, whoever holds them.
  @Test(arguments: [
    "{{ $d := dict }}{{ $x := set $d \"k\" .a }}{{ $d.k }}", "{{ $x := set . \"k\" .a }}{{ .k }}",
    "{{ $d := dict }}{{ $e := dict \"k\" .a }}{{ $x := merge $d $e }}{{ get $d \"k\" }}",
    "{{ $d := dict }}{{ $l := list $d }}{{ $x := mustMergeOverwrite (first $l) (dict \"k\" .a) }}{{ range $d }}{{ . }}{{ end }}",
    "{{ $d := dict }}{{ range list 1 2 }}{{ $d }}{{ $x := set $d .a $.a }}{{ end }}",
    "{{ define \"t\" }}{{ $x := set .d \"k\" .v }}{{ end }}{{ $d := dict }}{{ template \"t\" (dict \"d\" $d \"v\" .a) }}{{ $d }}",
  ])
  func writtenMaps(_ text: String) throws {
    #expect(try output(text, .promtail).contains(.entry(.fields, "a")))
  }

  @Test func controlIsApart() throws {
    let flow = try Template("a{{ if eq $labels.a \"b\" }}c{{ end }}{{ index $labels $value }}", dialect: .prometheus)
      .flow()
    #expect(flow.control.map(\.source) == [.entry(.labels, "a"), .value] && flow.control.map(\.offset) == [1, 36])
    #expect(flow.output.map(\.source) == [.entries(.labels)] && flow.output.map(\.offset) == [36])
  }

  /// What chooses among values, or makes a part of one, decides on it.
  @Test(
    arguments: [
      (.prometheus, "{{ or $labels.a \"x\" }}", "a"),
      (.prometheus, "{{ $x := len $labels.b }}{{ if .Value }}{{ $x = len $labels.a }}{{ end }}{{ $x }}", "a"),
      (.prometheus, "{{ $x := len $labels.a }}{{ if .Value }}{{ $x = len $labels.b }}{{ end }}{{ $x }}", "a"),
      (.prometheus, "{{ query \"up\" | first | label $labels.a | len }}", "a"),
      (.prometheus, "{{ slice \"abc\" (len $labels.a) }}", "a"),
      (.prometheus, "{{ $x := 1 }}{{ with slice \"abc\" (len $labels.a) }}{{ $x = . }}{{ end }}{{ $x }}", "a"),
      (
        .grafanaNotifications,
        "{{ define \"t\" }}{{ if .a }}x{{ end }}{{ slice \"b\" (len .a) }}{{ end }}{{ tmpl.Exec \"t\" .GroupLabels }}",
        "a"
      ),
    ] as [(TemplateDialect, String, String)])
  func decides(_ dialect: TemplateDialect, _ text: String, _ name: String) throws {
    let flow = try Template(text, dialect: dialect).flow()
    let map: TemplateMap = dialect == .prometheus ? .labels : .groupLabels
    #expect(flow.control.map(\.source).contains(.entry(map, name)))
    #expect(text.contains("or") || flow.output.isEmpty)
  }

  /// Nothing that can be read back comes out of them.
  @Test func verdicts() throws {
    for name in [
      "eq", "ne", "lt", "le", "gt", "ge", "not", "len", "contains", "hasPrefix", "hasSuffix", "empty", "has", "mustHas",
      "hasKey",
      "all", "any", "kindIs", "kindOf", "typeOf", "typeIs", "typeIsLike", "deepEqual", "semverCompare", "regexMatch",
      "mustRegexMatch", "isAbs", "osIsAbs", "Hash", "Sha2Hash", "sha1sum", "sha256sum", "sha512sum", "adler32sum",
      "bcrypt",
      "htpasswd", "derivePassword",
    ] {
      let flow = try Template("{{ \(name) .a . }}", dialect: .promtail).flow()
      #expect(flow.output.isEmpty && flow.control.contains { $0.source == .entry(.fields, "a") }, "\(name)")
    }
  }

  /// What is chosen is asked for its own entries, and not printed whole.
  @Test func choicesKeepTheirShapes() throws {
    for text in ["and . .", "or . .", "default . .", "coalesce . .", "ternary . . true"] {
      #expect(try output("{{ (\(text)).a }}", .promtail) == [.entry(.fields, "a")], "\(text)")
    }
    #expect(try output("{{ (index (stringSlice .Receiver) 0) }}", .alertmanager) == [.field("Receiver")])
  }

  @Test func missingTemplatesAreNamed() throws {
    let flow = try Template("{{ template \"b\" . }}{{ template \"a\" . }}", dialect: .prometheus).flow()
    #expect(flow.missing == ["a", "b"])
  }

  /// What a template that the program brings along prints has no place of its own.
  @Test func knownTemplatesHaveNoPlace() throws {
    let flow = try Template("x{{ template \"slack.default.title\" . }}{{ .Status }}", dialect: .alertmanager).flow()
    let known = flow.output.filter { $0.source == .entries(.groupLabels) }
    #expect(known.map(\.offset) == [1] && known.map(\.place) == [nil])
    #expect(flow.output.contains { $0.source == .field("Status") && $0.place?.offset == 39 })
  }

  @Test func queriesAreKnownByTheirText() throws {
    let text =
      "{{ query (printf \"up{job=%q}\" $labels.job) | first | value }}{{ $q := \"a\" }}{{ if .Value }}{{ $q = \"b\" }}{{ end }}{{ query $q }}"
    let queries = try Template(text, dialect: .prometheus).flow().queries
    #expect(queries.map(\.place.offset) == [3, 117])
    #expect(queries.map(\.texts) == [nil, ["a", "b"]] && queries.map(\.formats) == [["up{job=%q}"], []])
    #expect(queries[0].uses == [.entry(.labels, "job")] && queries[1].uses.isEmpty)
  }

  @Test func placesAreOfTheActionAndOfTheCall() throws {
    var library = TemplateLibrary(.alertmanager)
    try library.add(Array("{{ define \"a\" }}é{{ .Receiver }}{{ end }}".utf8), name: "a.tmpl")
    try library.add(
      Array("{{ define \"b\" }}{{ template \"a\" . }}{{ end }}{{ define \"a\" }} {{ end }}".utf8), name: "b.tmpl")
    let template = try Template("x{{ template \"b\" . }}{{ .Status }}", dialect: .alertmanager, library: library)
    #expect(
      template.flow().output == [
        TemplateFlow.Reach(source: .field("Receiver"), offset: 1, place: .init(file: 0, offset: 18)),
        TemplateFlow.Reach(source: .field("Status"), offset: 21, place: .init(file: nil, offset: 21)),
      ])
    #expect(template.flow(of: "a")?.output.map(\.source) == [.field("Receiver")] && template.flow(of: "c") == nil)
  }

  /// Templates that call themselves, and loops that never rest, end; what is too much counts as anything.
  @Test func isBounded() throws {
    let recursive = try Template(
      "{{ define \"a\" }}{{ template \"a\" (list .) }}{{ .Receiver }}{{ end }}{{ template \"a\" . }}",
      dialect: .alertmanager)
    #expect(recursive.flow().output.contains { $0.source == .field("Receiver") })
    var text = "{{ $x := .Receiver }}"
    for number in 0..<20 {
      text += "{{ range .Alerts }}{{ $x\(number) := $x }}{{ $x = printf \"%s%s\" $x $x\(number) }}"
    }
    text += "{{ $x }}" + String(repeating: "{{ end }}", count: 20)
    #expect(try output(text, .alertmanager).contains(.field("Receiver")))
    let wide = String(repeating: "{{ $labels.a }}", count: 25_000)
    #expect(try output(wide).contains(.anything))
  }
}
