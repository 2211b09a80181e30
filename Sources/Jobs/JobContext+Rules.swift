import Contracts
import Detection
import Policy
import Reporting

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
    } + contractRules
  }
}
