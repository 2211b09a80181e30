import Vocabulary

/// Promtail gets no more fixes: its end of life was 2026-03-02, and Loki 3.8 ships without it.
enum PromtailEndOfLife: ConfigCheck {
  static let rule = "promtail-end-of-life"

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    guard file.role == .promtailConfig else { return [] }
    return [
      ConfigFinding(
        rule: rule, severity: .hygiene, surface: .config, message: "Promtail reached its end of life on 2026-03-02",
        remedy: "plan the move to Grafana Alloy: alloy convert --source-format=promtail", path: file.path, line: 1,
        column: 1)
    ]
  }

  static let examples = [CheckExample(.promtailConfig, "↓positions: {filename: /var/lib/promtail/positions.yaml}\n")]
  static let counterExamples = [CheckExample(.lokiConfig, "auth_enabled: false\n")]
}
