import Syntax
import Vocabulary

/// An alert without a severity cannot be routed by it; one that says not what to do leaves its reader alone at night.
enum MissingSeverityOrAction: ConfigCheck {
  static let rule = "missing-severity-or-action"
  static let title = "Alerts say how grave they are and what to do"
  static let why = """
    An alert without a severity can't be routed by it; one without an action leaves its reader alone at night.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    file.rules.filter(\.isAlert).compactMap { rule in
      let lacksSeverity = !rule.setLabels.contains("severity")
      let lacksAction = !["action", "runbook_url", "runbook"].contains { rule.value["annotations"]?[$0] != nil }
      guard lacksSeverity || lacksAction else { return nil }
      let missing = [lacksSeverity ? "the label severity" : nil, lacksAction ? "the annotation action" : nil]
      var finding = file.finding(
        self.rule, .hygiene, .alert, at: (rule.pointer, rule.value),
        "alert lacks \(missing.compactMap { $0 }.joined(separator: " and "))",
        remedy: "say how grave it is (labels: severity) and what to do (annotations: action or runbook_url)")
      // What to do is not known here.
      if !lacksAction {
        finding.paste =
          file.isJSON ? ["\"labels\": {\"severity\": \"warning\"}"] : ["labels:", "  severity: warning  # or critical"]
      }
      return finding
    }
  }

  static let examples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - ↓alert: A
              expr: up == 0
            - ↓alert: B
              expr: up == 0
              labels: {severity: critical}
            - ↓alert: C
              expr: up == 0
              annotations: {action: Restart it.}
      """)
  ]

  static let counterExamples = [
    CheckExample(
      .rules,
      """
      groups:
        - name: g
          rules:
            - alert: A
              expr: up == 0
              labels: {severity: critical}
              annotations: {runbook_url: "https://wiki/up"}
            - record: r
              expr: up
        - name: of one gravity
          labels: {severity: warning}
          rules:
            - alert: B
              expr: up == 0
              annotations: {action: Restart it.}
      """)
  ]
}
