/// Relabelling rules that drop labels, as lines to paste.
enum LabelDrop {
  /// - Parameters:
  ///   - indent: how many spaces stand before each line.
  ///   - hasRules: whether rules stand in the list already, which are to be kept.
  /// - Returns: nil where a name means something else as a regular expression, or there is none.
  static func lines(for labels: Set<String>, indent: Int, behindOthers hasRules: Bool) -> [PasteLine]? {
    guard !labels.isEmpty, labels.allSatisfy(ExportedLabels.isPlain), !labels.contains("") else { return nil }
    let spaces = String(repeating: " ", count: indent)
    let others = hasRules ? [PasteLine([.words(spaces + "# behind the rules that stand there:")])] : []
    return others
      + labels.sorted().map { PasteLine([.words(spaces + "- {action: labeldrop, regex: "), .name($0), "}"]) }
  }
}
