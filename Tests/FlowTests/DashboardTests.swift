import Syntax
import Testing

@testable import Flow

@Suite struct DashboardTests {
  private func read(_ text: String) throws -> Dashboard {
    try #require(Dashboard(YAMLDocument.parse(Array(text.utf8))))
  }

  private static let whole = #"""
    {"dashboard": {"title": "T", "__inputs": [{"name": "DS_LOKI", "type": "datasource", "pluginId": "loki"}],
    "templating": {"list": [
      {"name": "ds", "type": "datasource", "query": "prometheus"},
      {"name": "job", "type": "query", "datasource": {"uid": "$ds"}, "query": {"query": "label_values(up{zone=\"a,b\"}, job)"},
       "current": {"value": "vllm"}, "options": [{"text": "litellm"}], "regex": "/(.*)/"},
      {"name": "who", "type": "query", "datasource": {"type": "loki"}, "query": {"label": "user", "stream": "{job=\"a\"}", "type": 1}},
      {"name": "step", "type": "interval", "query": "1m,5m"}]},
    "annotations": {"list": [
      {"name": "Deploys", "enable": true, "datasource": "${DS_LOKI}", "expr": "{job=\"a\"} |= `x`", "textFormat": "{{msg}}"},
      {"name": "Alerts", "datasource": {"type": "prometheus"}, "target": {"expr": "ALERTS"}}]},
    "links": [{"type": "dashboards", "title": "L"}],
    "panels": [
      {"type": "logs", "title": "Out", "datasource": "${DS_LOKI}", "targets": [{"expr": "{job=~\"$job\"} |= `$q`", "refId": "A"}]},
      {"type": "row", "title": "Open", "collapsed": false, "panels": []},
      {"type": "table", "datasource": {"uid": "-- Mixed --"}, "links": [{"url": "https://a/?u=${__field.labels.user}"}],
       "transformations": [{"id": "labelsToFields"}], "repeat": "job",
       "fieldConfig": {"defaults": {"displayName": "${__field.labels.user}", "links": [{"url": "b"}]},
         "overrides": [{"properties": [{"id": "links", "value": [{"url": "c"}]}, {"id": "displayName", "value": "d"}]}]},
       "targets": [
         {"datasource": {"type": "loki", "uid": "$l"}, "expr": "sum by (user) (rate({a=\"b\"} | json [$__auto]))", "legendFormat": "{{ user }}/{{job}}"},
         {"datasource": {"type": "prometheus"}, "expr": "rate(up[$__rate_interval])", "hide": true},
         {"datasource": {"type": "mysql"}, "rawSql": "SELECT 1"}]},
      {"type": "row", "title": "Shut", "collapsed": true, "panels": [
        {"type": "alertlist", "title": "In", "libraryPanel": {"uid": "lib-1", "name": "N"}},
        {"type": "text", "options": {"content": "$job"}, "alert": {"name": "Old"}}]}],
    "__elements": {"lib-1": {"kind": 1, "model": {"type": "stat", "targets": [{"expr": "up"}]}}}}}
    """#

  @Test func readsPanelsWhereverTheyStand() throws {
    let dashboard = try read(Self.whole)
    let panels = dashboard.panels
    #expect(dashboard.title == "T" && dashboard.links.map(\.type) == ["dashboards"])
    #expect(panels.map(\.type) == ["logs", "table", "alertlist", "text", "stat"])
    #expect(panels[2].library == "lib-1" && panels[3].alert?["name"]?.text == "Old")
    #expect(panels[1].links.map { $0.url?.text } == ["https://a/?u=${__field.labels.user}", "b", "c"])
    #expect(panels[1].displayNames.map(\.text) == ["${__field.labels.user}", "d"])
    #expect(panels[1].transformations.map(\.id) == ["labelsToFields"])
    #expect(panels[3].place.pointer == "/dashboard/panels/3/panels/1")
  }

  @Test func tellsWhereEachQueryGoes() throws {
    let queries = try read(Self.whole).queries
    #expect(
      queries.map(\.source.kind) == [
        .loki, .loki, .prometheus, .other("mysql"), .unknown, .loki, .prometheus, .prometheus, .loki,
      ])
    #expect(
      queries.map(\.purpose) == Array(repeating: .panel, count: 5) + [.annotation, .annotation, .variable, .variable])
    #expect(
      queries.map { query in
        switch query.parsed {
        case .promQL: "promQL"
        case .logQL(let expression): expression.labels().returnsLines ? "lines" : "logQL"
        case .unreadable: "unreadable"
        case nil: "none"
        }
      } == ["lines", "logQL", "promQL", "none", "promQL", "lines", "promQL", "promQL", "lines"])
    #expect(queries[1].legend.labels == ["user", "job"] && !queries[1].legend.showsEveryLabel)
    #expect(queries[2].legend.showsEveryLabel && queries[2].isHidden && queries[0].refID == "A")
    #expect(queries[1].expression?.pointer == "/dashboard/panels/2/targets/0/expr")
    #expect(queries[1].expression?.value.line == 20)
  }

  @Test func readsVariablesAndAnnotations() throws {
    let dashboard = try read(Self.whole)
    #expect(dashboard.variables.map(\.name) == ["ds", "job", "who", "step"])
    #expect(dashboard.variables.map(\.values) == [.given, .labelValues(of: "job"), .labelValues(of: "user"), .given])
    #expect(dashboard.variables[1].query?.expression?.text == #"up{zone="a,b"}"#)
    #expect(dashboard.annotations.map(\.isEnabled) == [true, false])
    #expect(dashboard.annotations[0].formats.map(\.text) == ["{{msg}}"])
  }

  @Test(
    arguments: [
      ("label_names()", DashboardVariable.Values.labelNames, nil), ("label_names(up)", .labelNames, "up"),
      ("label_values(job)", .labelValues(of: "job"), nil),
      ("label_values( up{a=\"b\"}, $label ) ", .labelValues(of: "$label"), "up{a=\"b\"}"),
      ("metrics(vllm:.*)", .metrics(matching: "vllm:.*"), nil), ("query_result(topk(1, up))", .results, "topk(1, up)"),
      ("up{job=\"a\"}", .series, "up{job=\"a\"}"),
    ] as [(String, DashboardVariable.Values, String?)])
  func readsWhatAVariableAsks(query: String, values: DashboardVariable.Values, inner: String?) {
    let read = DashboardVariable.read(query)
    #expect(read.0 == values && read.query == inner)
  }

  @Test(
    arguments: [
      ("${__field.labels.pod} ${__field.labels[\"a-b\"]:queryparam}", ["pod", "a-b"]),
      ("${__field.labels['pod']}", ["pod"]),
      ("${__field.name} ${__field.displayName} ${__value.raw} __field.", []),
      ("${__field.formattedLabels.pod}", ["pod"]),
      ("${__field.labels}", nil), ("a ${__field.labels:csv}", nil), ("${__field.formattedLabels}", nil),
      ("${__field.labels.__values}", nil), ("${__field.labels['", [""]), ("${__field.labels", []),
    ] as [(String, [String]?)])
  func readsLabelsOfFields(text: String, labels: [String]?) {
    #expect(FieldVariable.labels(in: text) == labels)
  }

  @Test func readsTextsOfActions() throws {
    let action = #"[{"type": "fetch", "title": "t", "fetch": {"url": "u", "queryParams": [["k", "v"]]}}]"#
    let panel = """
      {"panels": [{"type": "stat", "fieldConfig": {"defaults": {"actions": \(action)},
       "overrides": [{"properties": [{"id": "actions", "value": \(action)}]}]}}]}
      """
    let texts = ["fetch", "t", "u", "k", "v"]
    #expect(try read(panel).panels[0].actionTexts.map(\.text) == texts + texts)
  }

  @Test func anObjectWithoutATextAsksLoki() throws {
    let asked = #"{"label": "prompt", "refId": "a", "stream": "{job=\"a\"}", "type": 1}"#
    for (source, isLokis) in [(#"{"uid": "a"}"#, true), ("null", true), (#"{"type": "prometheus"}"#, false)] {
      let variable = #"{"name": "v", "type": "query", "datasource": \#(source), "query": \#(asked)}"#
      let read = try read(#"{"panels": [], "templating": {"list": [\#(variable)]}}"#).variables[0]
      #expect(read.values == (isLokis ? .labelValues(of: "prompt") : .other))
      #expect(read.query?.source.kind == (isLokis ? .loki : nil))
    }
  }

  @Test func readsOldRowsAndNoDashboard() throws {
    let old =
      #"{"rows": [{"title": "R", "collapse": true, "panels": [{"type": "graph", "datasource": "Prometheus", "targets": [{"expr": "up"}]}]}]}"#
    let panels = try read(old).panels
    #expect(panels[0].queries.map(\.source.kind) == [.prometheus])
    for text in ["[]", "{}", "{\"title\": \"T\"}", "x", "[{\"panels\": []}]"] {
      #expect(try Dashboard(YAMLDocument.parse(Array(text.utf8))) == nil)
    }
    for text in [
      #"{"panels": 5}"#, "x",
      #"{"panels": [null, 1, {"targets": [1, {"expr": {}}]}], "templating": {"list": [3]}}"#,
    ] {
      #expect((Dashboard(try YAMLDocument.parse(Array(text.utf8)))?.queries ?? []).allSatisfy { $0.parsed == nil })
    }
  }
}
