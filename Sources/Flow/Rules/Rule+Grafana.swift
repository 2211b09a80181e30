import Syntax

extension Rule {
  /// A rule that Grafana evaluates.
  ///
  /// - Parameters:
  ///   - rule: of its provisioning or its API; each step of `data` names its own source.
  ///   - installed: what the tree's provisioning tells of these.
  init(managed rule: PlacedValue, _ installed: GrafanaSources) {
    self.init(value: rule.value, pointer: rule.pointer, queries: Self.queries(of: rule, installed))
  }

  /// The same where more is known of the sources; what Grafana does not evaluate stays as it is.
  func asking(_ installed: GrafanaSources) -> Rule {
    guard isManaged else { return self }
    var rule = self
    rule.queries = Self.queries(of: PlacedValue(value, pointer: pointer), installed)
    return rule
  }

  private static func queries(of rule: PlacedValue, _ installed: GrafanaSources) -> [Query] {
    let sources = DashboardSources(installed)
    return (rule["data"]?.elements ?? []).compactMap { step in
      guard let model = step["model"], !isExpression(step.value) else { return nil }
      return Query(
        DashboardQuery(target: model, sources, panel: sources.source(step["datasourceUid"])),
        refID: step["refId"]?.string)
    }
  }

  /// The queries whose labels the alert, or the recorded series, carries. Of Grafana's rules these are the ones that `condition`, or
  /// `from` of what is recorded, reaches through expressions; where it names nothing that stands there, any of them.
  ///
  /// Sources: grafana/grafana pkg/services/ngalert/eval/eval.go (the alert's labels are those of the condition's result),
  /// pkg/services/ngalert/models/alert_rule.go (`Record`, `GetEvalCondition`).
  var carriedQueries: [Query] {
    guard isManaged, let data = value["data"]?.array,
      let condition = (value["record"]?["from"] ?? value["condition"])?.string
    else { return queries }
    let members = data.map { step in
      ExpressionGraph.Member(
        refID: step["refId"]?.string ?? "", isExpression: Self.isExpression(step), model: step["model"] ?? step)
    }
    let graph = ExpressionGraph(members)
    guard graph.holds(condition) else { return queries }
    let carried = graph.queries(behind: [condition])
    return queries.filter { carried.contains($0.refID ?? "") }
  }

  private static func isExpression(_ step: PositionedValue) -> Bool {
    let source = step["model"]?["datasource"]
    let names = [step["datasourceUid"], source, source?["uid"], source?["type"]].compactMap { $0?.string }
    return names.contains { $0 == "__expr__" || $0 == "-100" }
  }
}
