import Syntax
import Vocabulary

/// The alerting and recording rules of a tree, as far as exercises need them.
struct RuleSet: Sendable {
  struct Alert: Sendable {
    var name: String
    var expression: String
    /// `for`.
    var hold: PrometheusDuration
    var path: String
    /// Line of the rule's `alert` key.
    var line: Int
  }

  struct Record: Sendable {
    var name: String
    var expression: String
  }

  /// In the order of the files.
  private(set) var alerts: [Alert] = []
  private(set) var records: [Record] = []
  /// Group names in the order of the files, each once.
  private(set) var groups: [String] = []
  /// Prometheus reads the first document of a file.
  private(set) var documents: [PositionedValue] = []

  /// - Throws: `Fault(.usage)` with line and column where a file is no YAML.
  init(_ files: [ConfigTree.File]) throws(Fault) {
    for file in files {
      guard let document = try YAMLDocument.parseAll(file.bytes, path: file.path).first else { continue }
      documents.append(document)
      add(document, path: file.path)
    }
  }

  var recorded: Set<String> { Set(records.map(\.name)) }

  var expressions: [String] { alerts.map(\.expression) + records.map(\.expression) }

  private mutating func add(_ document: PositionedValue, path: String) {
    for group in document["groups"]?.array ?? [] {
      if let name = group["name"]?.string, !groups.contains(name) { groups.append(name) }
      for rule in group["rules"]?.array ?? [] {
        guard let expression = rule["expr"]?.string else { continue }
        if let name = rule["record"]?.string { records.append(Record(name: name, expression: expression)) }
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
