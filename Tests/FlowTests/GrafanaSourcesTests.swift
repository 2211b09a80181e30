import Syntax
import Testing

@testable import Flow

/// What names of data sources mean, by the provisioning beside them.
@Suite struct GrafanaSourcesTests {
  private func sources(_ texts: String...) throws -> GrafanaSources {
    var sources = GrafanaSources()
    for text in texts { sources.add(try YAMLDocument.parse(Array(text.utf8))) }
    return sources
  }

  @Test func uidsComeBeforeNamesAndNothingIsTheDefault() throws {
    let sources = try sources(
      "datasources: [{name: a, uid: u, type: loki, isDefault: true}, {name: u, type: tempo}, {name: p, type: prometheus}]"
    )
    #expect(["u", "a", "p", "default", "x"].map(sources.plugin(of:)) == ["loki", "loki", "prometheus", "loki", nil])
    #expect(sources.plugin(of: nil) == "loki")
  }

  @Test func resourcesOfGrafanasOperatorCountToo() throws {
    let list = "kind: GrafanaDatasourceList\nitems: "
    let sources = try sources(
      list + "[{kind: GrafanaDatasource, spec: {uid: u, datasource: {uid: old, name: a, type: loki}}}, "
        + "{kind: GrafanaDatasource, spec: {datasource: {uid: v, type: tempo}}}, {kind: X, spec: {datasource: {uid: w, type: x}}}]"
    )
    #expect(["u", "a", "v", "old", "w"].map(sources.plugin(of:)) == ["loki", "loki", "tempo", nil, nil])
  }

  @Test func whatTwoGrafanasCallAlikeIsNotKnown() throws {
    let first = "datasources: [{name: a, type: loki, isDefault: true}, {name: b, type: loki}]"
    let sources = try sources(
      first, "datasources: [{name: a, type: prometheus, isDefault: true}, {name: b, type: loki}]")
    #expect(["a", "b", "default"].map(sources.plugin(of:)) == [nil, "loki", nil])
  }

  @Test func oddProvisioningTellsNothing() throws {
    for text in ["datasources: a", "datasources: [1, {}, {type: loki}, {name: x}, {uid: [], type: loki}]", "x"] {
      let sources = try sources(text)
      #expect([nil, "x", "default"].allSatisfy { sources.plugin(of: $0) == nil })
    }
  }

  /// Both languages read the query: who answers it says what it is. The file with the sources comes last.
  @Test(arguments: [("loki", true), ("prometheus", false)])
  func alertsAskTheSourcesOfTheirTree(plugin: String, isLogQL: Bool) {
    let rule = """
      apiVersion: 1
      groups:
        - name: g
          rules:
            - title: T
              record: {metric: 'lines:rate', from: A}
              data: [{refId: A, datasourceUid: u, model: {refId: A, expr: 'sum by (who) (rate({job="a"}[5m]))'}}]
      """
    let files: KeyValuePairs = [
      "a.yaml": rule, "b.yaml": "apiVersion: 1\ndatasources: [{name: a, uid: u, type: \(plugin)}]\n",
    ]
    var builder = CheckedTree.Builder(facts)
    for file in configFiles(files).files { builder.add(file) }
    let recordings = builder.tree().series.recordings(of: "lines:rate")
    #expect(recordings.map(\.isOfLines) == [isLogQL])
  }
}
