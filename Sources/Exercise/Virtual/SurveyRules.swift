import Syntax

/// The copy of a tree's rules that a survey runs.
///
/// Alerts are renamed by their place, so that two of one name are told apart, unless some rule reads `ALERTS`. Rules that
/// read only what neither the platform nor Prometheus has can't come to anything and are left out: large trees are mostly
/// about other programs.
struct SurveyRules {
  let rules: RuleSet
  private let keepsNames: Bool
  private let keptAlerts: [Bool]
  private let keptRecords: [Bool]

  /// - Parameter exported: Sample names of the platform's exporters.
  init(_ rules: RuleSet, exported: Set<String>) {
    self.rules = rules
    keepsNames = rules.expressions.contains { PromQLReading(ofAnyText: $0).metrics.contains { $0.hasPrefix("ALERTS") } }
    var known = exported.union(AlertSubject.own)
    func isRelevant(_ expression: String) -> Bool {
      let names = PromQLReading(ofAnyText: expression).metrics
      return names.isEmpty || names.contains { known.contains($0) }
    }
    var count = 0
    repeat {
      count = known.count
      known.formUnion(rules.records.filter { isRelevant($0.expression) }.map(\.name))
    } while known.count > count
    keptAlerts = rules.alerts.map { isRelevant($0.expression) }
    keptRecords = rules.records.map { isRelevant($0.expression) }
  }

  /// The name that an alert has in the copy.
  func id(_ index: Int) -> String { keepsNames ? rules.alerts[index].name : "alert\(index)" }

  /// Metric names that the copy reads.
  var names: Set<String> {
    let alerts = zip(rules.alerts, keptAlerts).filter(\.1).map(\.0.expression)
    let records = zip(rules.records, keptRecords).filter(\.1).map(\.0.expression)
    return Set((alerts + records).flatMap { PromQLReading(ofAnyText: $0).metrics })
  }

  /// One document for each rule file.
  ///
  /// - Parameter leaving: Names in the copy, of alerts and of recording rules, to leave out.
  func documents(leaving: Set<String>) -> [PositionedValue] {
    var alert = 0
    var record = 0
    return rules.documents.map { document in
      var document = document
      document.editEach("groups") { group, _ in
        var kept: [PositionedValue] = []
        for rule in group["rules"]?.array ?? [] where rule["expr"]?.string != nil {
          if rule["alert"]?.string != nil {
            var copy = rule
            copy.set("alert", to: .text(id(alert)))
            if keptAlerts[alert], !leaving.contains(id(alert)) { kept.append(copy) }
            alert += 1
          } else if let name = rule["record"]?.string {
            if keptRecords[record], !leaving.contains(name) { kept.append(rule) }
            record += 1
          }
        }
        group.set("rules", to: .list(kept))
      }
      return document
    }
  }
}
