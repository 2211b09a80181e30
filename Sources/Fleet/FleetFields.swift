import Syntax
import Vocabulary

/// A mapping of the inventory whose keys are all known, read field by field; each error names its line and column.
struct FleetFields {
  let value: PositionedValue
  /// What the mapping describes, with its article, e.g. `a node`.
  let subject: String
  let path: String?

  /// - Throws: where the value is no mapping or has a key that is not in `known`.
  init(_ value: PositionedValue, of subject: String, path: String?, known: [String]) throws(Fault) {
    self.value = value
    self.subject = subject
    self.path = path
    guard let entries = value.mapping else {
      throw fault("\(subject) must be a mapping", at: value, remedy: "its keys are \(known.joined(separator: ", "))")
    }
    for entry in entries where !known.contains(entry.key.string ?? "") {
      throw fault("unknown key of \(subject)", at: entry.key, remedy: "its keys are \(known.joined(separator: ", "))")
    }
  }

  func fault(_ problem: String, at place: PositionedValue, remedy: String? = nil) -> Fault {
    Fault(.usage, problem, at: Location(path: path, line: place.line, column: place.column), remedy: remedy)
  }

  func required(_ key: String) throws(Fault) -> PositionedValue {
    guard let found = value[key], !found.isNull else { throw fault("\(subject) needs `\(key)`", at: value) }
    return found
  }

  func text(_ key: String, _ grammar: FleetGrammar) throws(Fault) -> String {
    let found = try required(key)
    guard let text = found.string, grammar.accepts(text) else {
      throw fault("`\(key)` of \(subject) is not valid", at: found, remedy: "it must be \(grammar.description)")
    }
    return text
  }

  func optionalText(_ key: String, _ grammar: FleetGrammar) throws(Fault) -> String? {
    value[key] == nil ? nil : try text(key, grammar)
  }

  func integer(_ key: String, in range: ClosedRange<Int>) throws(Fault) -> Int {
    let found = try required(key)
    guard let number = found.int, range.contains(number) else {
      throw fault(
        "`\(key)` of \(subject) is not valid", at: found,
        remedy: "it must be an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func list(_ key: String) throws(Fault) -> [PositionedValue] {
    let found = try required(key)
    guard let elements = found.array, !elements.isEmpty else {
      throw fault("`\(key)` of \(subject) must be a list with at least one entry", at: found)
    }
    return elements
  }
}
