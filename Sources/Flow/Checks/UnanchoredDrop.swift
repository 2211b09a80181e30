import Syntax
import Vocabulary

/// A `drop` stage that lets lines through by how they are written: its expression fits anywhere in a line and so depends on what
/// clients write, or it sees one line of a record at a time, so that the rest of a traceback goes through.
///
/// Source: run on Promtail 3.6.15: a drop that matched a traceback's first line let all others through; stages/drop.go.
enum UnanchoredDrop: ConfigCheck {
  static let rule = "promtail-drop-incomplete"
  static let title = "Stages that drop do so by the whole record"
  static let why = """
    A drop that fits anywhere in a line depends on what clients write; one that sees single lines lets the rest of a traceback through.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    PipelineStage.all(in: file).compactMap { stage in
      guard stage.name == "drop", let expression = stage.value["expression"], let text = expression.string,
        stage.value["source"] == nil
      else { return nil }
      let isAnchored = text.hasPrefix("^") || text.hasPrefix("(?s)^") || text.hasPrefix(".*")
      let isWhole = stage.before.contains("multiline")
      guard !isAnchored || !isWhole else { return nil }
      return file.finding(
        rule, .hygiene, .config, at: ("\(stage.pointer)/expression", expression),
        isAnchored
          ? "the stage drops single lines: what follows a dropped line of the same record goes through"
          : "the stage drops by words that may stand anywhere in a line, also in what clients write",
        remedy: isAnchored
          ? "put a multiline stage before it"
          : "begin the expression with ^, or keep known lines only: sigilo contract compile --for promtail")
    }
  }

  static let examples = [
    CheckExample(
      .promtailConfig,
      """
      scrape_configs:
        - job_name: litellm
          pipeline_stages:
            - drop: {expression: ↓'Traceback'}
            - drop: {expression: ↓'^Traceback'}
      """)
  ]

  static let counterExamples = [
    CheckExample(
      .promtailConfig,
      """
      scrape_configs:
        - job_name: litellm
          pipeline_stages:
            - multiline: {firstline: '^\\S'}
            - drop: {expression: '^Traceback'}
            - drop: {source: level, expression: debug}
            - drop: {older_than: 24h}
      """)
  ]
}
