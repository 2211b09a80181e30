import Syntax
import Testing

@testable import Flow

/// Dashboards of the schema from version 2 on, and panels of the library.
@Suite struct DashboardResourceTests {
  private func read(_ text: String) throws -> Dashboard {
    try #require(Dashboard(JSONDocument.parse(Array(text.utf8))))
  }

  private static let whole = #"""
    {"apiVersion": "dashboard.grafana.app/v2beta1", "kind": "Dashboard", "metadata": {"name": "n"}, "spec": {
    "title": "T", "links": [{"type": "link", "url": "https://a"}],
    "variables": [
      {"kind": "DatasourceVariable", "spec": {"name": "ds", "pluginId": "loki"}},
      {"kind": "CustomVariable", "spec": {"name": "who", "query": "a,b", "current": {"value": "a"}}},
      {"kind": "QueryVariable", "spec": {"name": "job", "regex": "/x/", "query": {"kind": "DataQuery", "group": "prometheus",
        "spec": {"__legacyStringValue": "label_values(up, job)"}}}}],
    "annotations": [{"kind": "AnnotationQuery", "spec": {"name": "Deploys", "enable": true,
      "legacyOptions": {"textFormat": "{{msg}}"},
      "query": {"kind": "DataQuery", "group": "loki", "spec": {"expr": "{job=\"a\"}"}}}}],
    "elements": {
      "a": {"kind": "Panel", "spec": {"id": 1, "title": "A", "links": [{"url": "b"}], "data": {"kind": "QueryGroup", "spec": {
        "queries": [
          {"kind": "PanelQuery", "spec": {"refId": "A", "hidden": true, "query": {"kind": "DataQuery", "group": "prometheus",
            "datasource": {"name": "p"}, "spec": {"expr": "up", "legendFormat": "{{job}}"}}}},
          {"kind": "PanelQuery", "spec": {"refId": "B", "hidden": false, "query": {"kind": "DataQuery", "group": "__expr__",
            "spec": {"type": "reduce", "expression": "$A"}}}}],
        "transformations": [{"kind": "organize", "spec": {"id": "organize"}}, {"kind": "Transformation", "group": "merge", "spec": {}}]}},
        "vizConfig": {"kind": "VizConfig", "group": "timeseries", "spec": {"options": {"content": "c"},
          "fieldConfig": {"defaults": {"displayName": "d"}, "overrides": []}}}}},
      "b": {"kind": "Panel", "spec": {"vizConfig": {"kind": "logs", "spec": {}}, "data": {"spec": {"queries": [
        {"spec": {"datasource": {"uid": "$ds"}, "query": {"kind": "", "spec": {"expr": "{job=\"b\"}"}}}}]}}}},
      "c": {"kind": "LibraryPanel", "spec": {"id": 3, "libraryPanel": {"uid": "lib-1", "name": "N"}}},
      "d": null},
    "layout": {"kind": "RowsLayout", "spec": {"rows": [
      {"kind": "RowsLayoutRow", "spec": {"title": "R", "collapse": true, "layout": {"kind": "TabsLayout", "spec": {"tabs": [
        {"kind": "TabsLayoutTab", "spec": {"title": "S", "layout": {"kind": "GridLayout", "spec": {"items": [
          {"kind": "GridLayoutItem", "spec": {"element": {"name": "a"}, "repeat": {"value": "job"}}}]}}}}]}}}},
      {"kind": "RowsLayoutRow", "spec": {"title": "Q", "collapse": true, "layout": {"kind": "AutoGridLayout", "spec": {"items": [
        {"kind": "AutoGridLayoutItem", "spec": {"element": {"name": "b"}}}]}},
        "variables": [{"kind": "QueryVariable", "spec": {"name": "own", "query": {"kind": "loki",
          "spec": {"label": "user", "stream": "{job=\"a\"}", "type": 1}}}}]}}]}}}}
    """#

  @Test func readsElementsAndWhereTheyStand() throws {
    let dashboard = try read(Self.whole)
    let panels = dashboard.panels
    #expect(dashboard.title == "T" && dashboard.links.map { $0.url?.text } == ["https://a"])
    #expect(panels.map(\.type) == ["timeseries", "logs", ""])
    #expect(panels.map(\.isReference) == [false, false, true])
    #expect(panels[2].library == "lib-1" && dashboard.held.isEmpty)
    #expect(panels[0].title == "A" && panels[0].displayNames.map(\.text) == ["d"])
    #expect(panels[0].links.map { $0.url?.text } == ["b"])
    #expect(panels[0].transformations.map(\.id) == ["organize", "merge"])
    #expect(
      panels[0].queries[0].expression?.pointer == "/spec/elements/a/spec/data/spec/queries/0/spec/query/spec/expr")
  }

  @Test func readsQueriesVariablesAndAnnotations() throws {
    let dashboard = try read(Self.whole)
    let queries = dashboard.panels.flatMap(\.queries)
    #expect(queries.map(\.source.kind) == [.prometheus, .other("__expr__"), .loki])
    #expect(queries.map(\.isHidden) == [true, false, false] && queries.map(\.refID) == ["A", "B", nil])
    #expect(queries[0].legend.labels == ["job"] && dashboard.panels[0].shownByExpressions == ["A"])
    #expect(dashboard.variables.map(\.name) == ["ds", "who", "job", "own"])
    #expect(dashboard.variables.map(\.type) == ["datasource", "custom", "query", "query"])
    #expect(
      dashboard.variables.map(\.values) == [.given, .given, .labelValues(of: "job"), .labelValues(of: "user")])
    #expect(dashboard.variables.map { $0.query?.expression?.text } == [nil, nil, "up", "{job=\"a\"}"])
    #expect(dashboard.annotations.map(\.isEnabled) == [true])
    #expect(dashboard.annotations[0].formats.map(\.text) == ["{{msg}}"])
    #expect(dashboard.annotations[0].query?.source.kind == .loki)
  }

  @Test(
    arguments: [
      (#"{"result": {"uid": "u", "name": "N", "kind": 1, "model": {"type": "logs"}}}"#, ["N", "u"], "/result/model"),
      (#"{"uid": "u", "name": "N", "kind": 1, "model": {"type": "logs"}}"#, ["N", "u"], "/model"),
      (
        #"{"result": {"elements": [{"uid": "u", "name": "N", "kind": 1, "model": {"type": "logs"}}]}}"#, ["N", "u"],
        "/result/elements/0/model"
      ),
      (#"[{"uid": "u", "model": {"type": "logs"}}]"#, ["u"], "/0/model"),
      (
        #"{"kind": "LibraryPanel", "metadata": {"name": "u"}, "spec": {"type": "logs", "title": "N"}}"#, ["N", "u"],
        "/spec"
      ),
    ])
  func readsPanelsOfTheLibrary(text: String, held: [String], pointer: String) throws {
    let dashboard = try read(text)
    #expect(dashboard.held.sorted() == held && dashboard.panels.map(\.type) == ["logs"])
    #expect(dashboard.panels.map(\.place.pointer) == [pointer])
  }

  @Test func whatIsNeitherIsNoDashboard() throws {
    for text in [#"{"model": {"name": "x"}}"#, #"{"result": []}"#, #"{"elements": [], "kind": "LibraryPanel"}"#, "1"] {
      #expect(Dashboard(try JSONDocument.parse(Array(text.utf8))) == nil)
    }
    let odd =
      #"{"elements": {"a": 1, "b": {"spec": []}}, "layout": [{"spec": 1}], "variables": {"a": 1}, "annotations": [1]}"#
    #expect(try read(odd).queries.isEmpty)
  }
}
