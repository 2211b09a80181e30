import Testing

@testable import Exercise

@Suite struct PanelQueriesTests {
  private let dashboard = Samples.file(
    "dashboard.json",
    #"""
    {"templating": {"list": [{"name": "q", "current": {"value": "0.9"}}, {"name": "job", "current": {"value": "$__all"}}]},
     "panels": [
       {"targets": [{"expr": "rate(x{job=\"$job\", instance=~\"${instance:regex}\", a!=\"[[job]]\"}[$__rate_interval])"}]},
       {"type": "row", "panels": [{"datasource": {"type": "prometheus"}, "targets": [{"expr": ""},
         {"expr": "histogram_quantile($q, y{b=\"c\"})"}]}]},
       {"datasource": {"type": "loki"}, "targets": [{"expr": "{job=\"x\"}"}]}
     ]}
    """#)

  @Test func variablesAreFilledAndRowsOpened() throws {
    let queries = try PanelQueries(dashboard).queries
    #expect(queries.map(\.pointer) == ["/panels/0/targets/0", "/panels/1/panels/0/targets/1"])
    #expect(queries[0].expression == #"rate(x{job=~".*",instance=~".*",a=~".+|"}[1m])"#)
    #expect(queries[1].expression == #"histogram_quantile(0.9, y{b="c"})"#)
  }

  @Test func exportedDashboardsAreUnwrapped() throws {
    let wrapped = Samples.file("w.json", #"{"dashboard": {"panels": [{"targets": [{"expr": "up"}]}]}}"#)
    #expect(try PanelQueries(wrapped).queries.map(\.pointer) == ["/dashboard/panels/0/targets/0"])
  }
}
