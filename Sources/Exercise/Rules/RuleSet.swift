import Syntax
import Vocabulary

/// The alerting and recording rules of a tree, as far as exercises need them.
struct RuleSet {
  struct Alert {
    var name: String
    var expression: String
    /// `for`.
    var hold: PrometheusDuration
    var path: String
    /// Line of the rule's `alert` key.
    var line: Int
  }

  var alerts: [Alert] = []
  /// Names that recording rules write.
  var recorded: Set<String> = []
  /// Every expression, those of recording rules included.
  var expressions: [String] = []
  /// Group names in the order of the files, each once.
  var groups: [String] = []

  /// - Throws: `Fault(.usage)` with line and column where a file is no YAML.
  init(_ files: [ConfigTree.File]) throws(Fault) {
    for file in files {
      for document in try YAMLDocument.parseAll(file.bytes, path: file.path) { add(document, path: file.path) }
    }
  }

  private mutating func add(_ document: PositionedValue, path: String) {
    for group in document["groups"]?.array ?? [] {
      if let name = group["name"]?.string, !groups.contains(name) { groups.append(name) }
      for rule in group["rules"]?.array ?? [] {
        guard let expression = rule["expr"]?.string else { continue }
        expressions.append(expression)
        if let name = rule["record"]?.string { recorded.insert(name) }
        guard let entry = rule.mapping?.first(where: { $0.key.string == "alert" }), let name = entry.value.string else {
          continue
        }
        alerts.append(
          Alert(
            name: name, expression: expression,
            hold: rule["for"]?.string.flatMap { PrometheusDuration($0) } ?? PrometheusDuration(milliseconds: 0),
            path: path, line: entry.key.line))
      }
    }
  }
}
