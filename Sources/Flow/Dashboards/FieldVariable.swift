/// Variables that stand for the field whose name or link holds them: `${__field.labels.user_agent}`.
///
/// Source: grafana/grafana packages/grafana-data/src/field/templateProxies.ts.
enum FieldVariable {
  /// Labels of the field that a text shows, by `.name`, `["name"]` or `['name']`; nil for all of them, as `${__field.labels}`,
  /// `${__field.labels.__values}` and the older `${__field.formattedLabels}` do.
  static func labels(in text: String) -> [String]? {
    var labels: [String] = []
    for part in text.split(separator: "__field.", omittingEmptySubsequences: false).dropFirst() {
      let names = ["labels", "formattedLabels"]
      guard let name = names.first(where: part.hasPrefix) else { continue }
      let path = part.dropFirst(name.count)
      switch path.first {
      case "}", ":": return nil
      case ".": labels.append(String(path.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }))
      case "[": labels.append(String(path.dropFirst().drop(while: isQuote).prefix { $0 != "]" && !isQuote($0) }))
      default: continue
      }
      if labels.last == "__values" { return nil }
    }
    return labels
  }

  private static func isQuote(_ character: Character) -> Bool { character == "\"" || character == "'" }
}
