import Syntax

extension Rule {
  /// A rule that Grafana evaluates.
  ///
  /// - Parameter rule: of its provisioning or its API; each step of `data` names its own source.
  init(managed rule: PlacedValue) {
    let steps = rule["data"]?.elements ?? []
    self.init(
      value: rule.value, pointer: rule.pointer,
      queries: steps.compactMap { step in
        guard let model = step["model"], !Self.isExpression(step.value) else { return nil }
        return Query(
          DashboardQuery(target: model, DashboardSources(), panel: DashboardSources().source(step["datasourceUid"])))
      })
  }

  /// The queries whose labels the alert, or the recorded series, carries. Of Grafana's rules these are the ones that `condition`, or
  /// `from` of what is recorded, reaches through expressions; where it names nothing that stands there, any of them.
  ///
  /// Sources: grafana/grafana pkg/services/ngalert/eval/eval.go (the alert's labels are those of the condition's result),
  /// pkg/services/ngalert/models/alert_rule.go (`Record`, `GetEvalCondition`).
  var carriedQueries: [Query] {
    guard value["expr"] == nil, let data = value["data"]?.array,
      let condition = (value["record"]?["from"] ?? value["condition"])?.string
    else { return queries }
    let members = data.map { step in
      ExpressionGraph.Member(
        refID: step["refId"]?.string ?? "", isExpression: Self.isExpression(step), model: step["model"] ?? step)
    }
    let graph = ExpressionGraph(members)
    guard graph.holds(condition) else { return queries }
    let carried = graph.queries(behind: [condition])
    return queries.filter { query in
      // `…/data/0/model/expr`
      let place = query.pointer.dropFirst(pointer.count).split(separator: "/")
      guard place.count > 1, let index = Int(place[1]), members.indices.contains(index) else { return true }
      return carried.contains(members[index].refID)
    }
  }

  private static func isExpression(_ step: PositionedValue) -> Bool {
    let source = step["model"]?["datasource"]
    let names = [step["datasourceUid"], source, source?["uid"], source?["type"]].compactMap { $0?.string }
    return names.contains { $0 == "__expr__" || $0 == "-100" }
  }
}
