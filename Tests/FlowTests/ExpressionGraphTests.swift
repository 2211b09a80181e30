import Syntax
import Testing

@testable import Flow

/// What becomes of labels in Grafana's own expressions.
@Suite struct ExpressionGraphTests {
  /// Queries A and B, and expressions as `refID: model`.
  private func graph(_ expressions: [(String, String)]) throws -> ExpressionGraph {
    let queries = ["A", "B", "my query"].map {
      ExpressionGraph.Member(
        refID: $0, isExpression: false, model: PositionedValue(.mapping([]), line: 1, column: 1, offset: 0))
    }
    return ExpressionGraph(
      try queries
        + expressions.map {
          ExpressionGraph.Member(refID: $0.0, isExpression: true, model: try JSONDocument.parse(Array($0.1.utf8)))
        })
  }

  @Test(
    arguments: [
      (#"{"type": "reduce", "expression": "A"}"#, ["A"]), (#"{"type": "threshold", "expression": "$B"}"#, ["B"]),
      (#"{"type": "resample", "expression": "A"}"#, ["A"]), (#"{"type": "hysteresis", "expression": "B"}"#, ["B"]),
      (#"{"type": "math", "expression": "$A*100 / ${B}"}"#, ["A", "B"]),
      (#"{"type": "math", "expression": "abs(${my query}) + $"}"#, ["my query"]),
      (#"{"type": "math", "expression": "${A"}"#, []), (#"{"type": "math", "expression": "1 > A"}"#, []),
      (#"{"type": "sql", "expression": "SELECT user FROM B WHERE x = 'Ab'"}"#, ["B"]),
      (#"{"type": "sql", "expression": "SELECT * FROM `my query`"}"#, ["my query"]),
      (#"{"type": "classic_conditions", "conditions": [{"query": {"params": ["A"]}}]}"#, []),
      (#"{"type": "made-up"}"#, ["A", "B", "my query"]), ("{}", ["A", "B", "my query"]),
    ] as [(String, [String])])
  func tellsWhoseLabelsAResultCarries(model: String, queries: [String]) throws {
    #expect(try graph([("Z", model)]).queries(behind: ["Z"]).sorted() == queries)
  }

  @Test func followsExpressionsOverExpressionsAndEndsInCircles() throws {
    let chain = try graph([
      ("C", #"{"type": "reduce", "expression": "A"}"#), ("D", #"{"type": "math", "expression": "$C > 1 && $E"}"#),
      ("E", #"{"type": "math", "expression": "$D + $B"}"#),
    ])
    #expect(chain.queries(behind: ["C"]) == ["A"] && chain.queries(behind: ["B"]) == ["B"])
    #expect(chain.queries(behind: ["D"]) == ["A", "B"] && chain.queries(behind: ["X"]).isEmpty)
    #expect(chain.queries(behind: ["C", "B"]) == ["A", "B"] && chain.queries(behind: []).isEmpty)
    #expect(chain.holds("E") && chain.holds("B") && !chain.holds("X"))
  }

  /// Thousands, each over the one before it, or all over the same panel: hours where each is followed by itself.
  @Test func largePanelsAreReadInOnePass() throws {
    let chain = (1...20_000).map {
      #"{"refId": "R\#($0)", "datasource": "__expr__", "type": "math", "expression": "$R\#($0 - 1) + 1"}"#
    }
    let lenders = Array(repeating: #"{"id": 1, "targets": [{"refId": "R0", "expr": "up"}]}"#, count: 5_000)
    let borrowers = Array(
      repeating: #"{"type": "stat", "targets": [{"datasource": "-- Dashboard --", "panelId": 1}]}"#, count: 5_000)
    let text =
      #"{"panels": [{"targets": [{"refId": "R0", "hide": true, "expr": "up"}, "# + chain.joined(separator: ", ")
      + "]}, "
      + (lenders + borrowers).joined(separator: ", ") + "]}"
    let dashboard = try #require(Dashboard(JSONDocument.parse(Array(text.utf8))))
    #expect(dashboard.panels[0].shownByExpressions == ["R0"])
    let file = ConfigFile(path: "a.json", role: .dashboard, bytes: Array(text.utf8))
    #expect(ConfigChecks.check(file, facts).isEmpty)
  }

  /// Rules and lines of what is found in an alert whose query A reads what clients choose and whose query B does not.
  private func findings(_ condition: String, _ annotation: String = "") throws -> [String] {
    let text = """
      apiVersion: 1
      groups:
      - folder: f
        rules:
        - title: T
          condition: \(condition)
          labels: {severity: warning}
          annotations: {action: a, text: '\(annotation)'}
          data:
          - {refId: A, datasourceUid: p, model: {expr: 'sum by (user_agent) (litellm_requests_metric_total)'}}
          - {refId: B, datasourceUid: p, model: {expr: 'sum by (job) (litellm_requests_metric_total)'}}
          - {refId: C, datasourceUid: __expr__, model: {type: reduce, expression: A}}
          - {refId: D, datasourceUid: '-100', model: {type: threshold, expression: B}}
          - {refId: E, datasourceUid: x, model: {datasource: {type: __expr__}, type: math, expression: '$C + $D'}}
          - {refId: F, datasourceUid: __expr__, model: {type: classic_conditions, conditions: []}}

      """
    let file = ConfigFile(path: "a.yml", role: .grafanaProvisioning, bytes: Array(text.utf8))
    return ConfigChecks.check(file, facts).map { "\($0.rule) \($0.line ?? 0)" }
  }

  @Test(arguments: [("A", true), ("B", false), ("C", true), ("D", false), ("E", true), ("F", false), ("X", true)])
  func anAlertCarriesWhatItsConditionReaches(condition: String, isCarried: Bool) throws {
    #expect(try findings(condition) == (isCarried ? ["client-label-in-alert 10"] : []))
  }

  @Test(
    arguments: [
      ("{{ $labels.user_agent }}", false), ("{{ $values.C.Labels.user_agent }}", true), ("{{ $value }}", true),
      ("{{ $values.C.Labels.job }}", false), ("{{ $values.C }}", false),
      ("{{ (mergeLabelValues $values).user_agent }}", true),
    ])
  func textsSeeTheLabelsOfEveryValue(text: String, isSeen: Bool) throws {
    #expect(try findings("D", text) == (isSeen ? ["client-label-in-annotation 8"] : []))
  }
}
