import Expressions
import Syntax
import Vocabulary

/// A `replace` stage whose expression has no group: Promtail replaces what groups match, so that this one changes nothing and what it
/// was to hide goes through.
///
/// Source: run on Promtail 3.6.15; grafana/loki clients/pkg/logentry/stages/replace.go.
enum ReplaceWithoutGroup: ConfigCheck {
  static let rule = "promtail-replace-without-group"
  static let title = "Stages that replace have a group"
  static let why = """
    Promtail replaces what groups match. Without one the stage changes nothing, and what it was to hide goes through.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    PipelineStage.all(in: file).compactMap { stage in
      guard stage.name == "replace", let expression = stage.value["expression"],
        let compiled = try? RE2(expression.string ?? ""), compiled.groupNames.count <= 1
      else { return nil }
      var finding = file.finding(
        rule, .exposure, .config, at: ("\(stage.pointer)/expression", expression),
        "the stage replaces nothing: its expression has no group",
        remedy: "put what must be replaced in parentheses")
      // As it stands the whole match was to be replaced.
      let grouped = "(\(expression.string ?? ""))"
      if (try? RE2(grouped)) != nil { finding.paste = [PasteLine(key: "expression", literal: grouped)] }
      return finding
    }
  }

  static let examples = [
    CheckExample(
      .promtailConfig,
      """
      scrape_configs:
        - job_name: vllm
          pipeline_stages:
            - match:
                selector: '{job="vllm"}'
                stages:
                  - replace: {expression: ↓'prompt=.*', replace: '***'}
            - replace: {expression: ↓'(?:user|client)=\\S+', replace: '***'}
      """)
  ]

  static let counterExamples = [
    CheckExample(
      .promtailConfig,
      """
      scrape_configs:
        - job_name: vllm
          pipeline_stages:
            - replace: {expression: 'prompt=(.*)', replace: '***'}
            - replace: {expression: 'user=(?P<user>\\S+)', replace: '***'}
      """)
  ]
}
