/// Relabelling rules that drop labels, as lines to paste.
enum LabelDrop {
  /// A line that keeps what a list holds already.
  static func behind(indent: Int) -> PasteLine {
    PasteLine([.words(String(repeating: " ", count: indent) + "# behind the rules that stand there:")])
  }

  /// - Parameter indent: how many spaces stand before each line.
  /// - Returns: nil where a name means something else as a regular expression, or there is none.
  static func lines(for labels: Set<String>, indent: Int) -> [PasteLine]? {
    guard !labels.isEmpty, labels.allSatisfy(ExportedLabels.isPlain), !labels.contains("") else { return nil }
    let start = String(repeating: " ", count: indent) + "- {action: labeldrop, regex: "
    return labels.sorted().map { PasteLine([.words(start), .name($0), "}"]) }
  }
}
