import Audit
import Contracts
import Detection
import Exercise
import Flow
import Policy
import Reporting
import Vocabulary

extension JobContext {
  /// What the policy says about its rules, for the help in reports.
  var ruleHelp: [RuleHelp] {
    let contractRules =
      Breach.Rule.allCases.map { rule in
        RuleHelp(
          id: rule.rawValue, title: rule.title, rationale: Breach.Rule.rationale, remedy: Breach.Rule.remedy)
      }
    return (policy.detection.rules.map(\.id) + ["canary"]).compactMap { id in
      policy.rule(id).map { RuleHelp(id: id, title: $0.title, rationale: $0.rationale, remedy: $0.remedy) }
    } + contractRules + AcceptanceRule.allCases.map(\.help)
      + ConfigChecks.summaries.map { RuleHelp(id: $0.rule, title: $0.title, rationale: $0.why, remedy: "") }
  }

  /// Rules that are held against every file of a configuration that is read whole. Contracts, which are in force here and not there,
  /// and canaries are left out.
  var rulesOfFiles: Set<String> {
    let clauses = policy.contracts.values.flatMap(\.settings)
    var rules = Set(ConfigChecks.rules + clauses.map(\.rule) + clauses.map(\.id))
    rules.formUnion([SettingFinding.unknownRule, "does-not-parse"])
    guard !without.contains(.detection) else { return rules }
    return rules.union(policy.detection.rules.map(\.id)).subtracting(policy.detection.disabled)
  }

  /// Every rule that a finding can be of.
  var knownRules: Set<String> {
    rulesOfFiles.union(policy.detection.rules.map(\.id)).union(Breach.Rule.allCases.map(\.rawValue))
      .union(ExerciseFinding.Rule.allCases.map(\.rawValue)).union(AcceptanceRule.allCases.map(\.rawValue))
      .union(["canary", "no-contract", "not-exercised", "promtool-refuses", "amtool-refuses"])
  }
}

extension AcceptanceRule {
  /// What reports say about the rule.
  var help: RuleHelp { RuleHelp(id: rawValue, title: title, rationale: rationale, remedy: remedy) }
}
