extension ConfigChecks {
  /// What a check says, why, and what it finds and does not find, from its own file; nil where there is none of that id.
  public static func explanation(of rule: String) -> String? {
    guard let check = all.first(where: { $0.rule == rule }) else { return nil }
    let found = check.examples.map { page($0, "Found, at each ↓") }
    let clean = check.counterExamples.map { page($0, "Not found") }
    return (["\(check.rule): \(check.title)", check.why] + found + clean).joined(separator: "\n\n")
  }

  private static func page(_ example: CheckExample, _ title: String) -> String {
    var lines = ["\(title) (\(example.role.rawValue)):"]
    for file in example.beside {
      lines.append("  beside \(file.path):")
      lines += indented(String(decoding: file.bytes, as: UTF8.self), by: 4)
    }
    return (lines + indented(example.text, by: 2)).joined(separator: "\n")
  }

  private static func indented(_ text: String, by spaces: Int) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix(lines.last == "" ? lines.count - 1 : lines.count).map {
      $0.isEmpty ? "" : String(repeating: " ", count: spaces) + $0
    }
  }
}
