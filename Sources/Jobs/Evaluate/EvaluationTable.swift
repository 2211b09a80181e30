/// The figures of an evaluation as text, in Markdown tables, so that a document can hold them as they were printed.
struct EvaluationTable {
  let figures: EvaluationFigures

  var text: String {
    var parts = [opening, overall]
    parts.append(table("conversation by kind: recall", figures.kinds))
    parts.append(table("conversation by surface: recall", figures.surfaces))
    parts.append(table("conversation by language: recall", figures.languages))
    parts.append(table("conversation with nothing around it: recall", figures.alone))
    parts.append(table("very short conversation (in no other figure): recall", figures.veryShortRows))
    parts.append(table("operational text by kind: false positives", figures.operationalKinds))
    parts.append(table("operational text by surface: false positives", figures.operationalSurfaces))
    parts.append(table("operational text by language: false positives", figures.operationalLanguages))
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var opening: String {
    let counts =
      "\(figures.conversation) rows of conversation, \(figures.operational) operational, \(figures.veryShort) very short."
    return counts + "\n"
      + (figures.isCrossValidated
        ? "Cross-validated: each row was judged by a model that had not seen it or its like.\n"
        : """
        Not independent where the rows were among the training data of the built-in model: the figures are then too good.
        For cross-validated ones, give --fold-models a folder that `language-trainer folds` wrote from the same rows.

        """)
  }

  private var overall: String {
    var rows = [
      [
        "at the policy's thresholds", figures.recall.map(Self.percent) ?? "-",
        figures.falsePositives.map(Self.percent) ?? "-", "0",
      ]
    ]
    for point in figures.points {
      rows.append([
        "at \(Self.percent(point.falsePositives)) false positives", Self.percent(point.recall),
        Self.percent(point.falsePositives), Self.fixed(point.shift),
      ])
    }
    return Self.markdown(["overall", "recall", "false positives", "thresholds moved by"], rows)
  }

  private func table(_ title: String, _ groups: [EvaluationFigures.Group]) -> String {
    guard !groups.isEmpty else { return "" }
    return Self.markdown(
      [
        title, "rows", "as shipped", "at \(Self.percent(EvaluationFigures.strict))",
        "at \(Self.percent(EvaluationFigures.usual))",
      ],
      groups.map { group in
        [group.name, "\(group.rows)"] + [group.shipped, group.strict, group.usual].map(Self.percent)
      })
  }

  /// A Markdown table: the first column to the left, figures to the right.
  private static func markdown(_ head: [String], _ rows: [[String]]) -> String {
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let room = String(repeating: " ", count: widths[column] - cells[column].count)
        return column == 0 ? cells[column] + room : room + cells[column]
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule = widths.indices.map { column in
      String(repeating: "-", count: column == 0 ? widths[column] : widths[column] - 1) + (column == 0 ? "" : ":")
    }
    return line(head) + line(rule) + rows.map(line).joined()
  }

  private static func percent(_ share: Double) -> String { fixed(100 * share) + " %" }

  /// Two decimals.
  private static func fixed(_ value: Double) -> String {
    let hundredths = Int((abs(value) * 100).rounded())
    let fraction = String(hundredths % 100)
    return "\(value < 0 && hundredths > 0 ? "-" : "")\(hundredths / 100).\(fraction.count < 2 ? "0" : "")\(fraction)"
  }
}
