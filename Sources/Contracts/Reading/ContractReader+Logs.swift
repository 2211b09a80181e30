import Syntax
import Vocabulary

extension ContractReader {
  private static let logKeys = [
    "id", "title", "lines", "continuations", "optional", "forbidden", "examples", "counter_examples",
  ]

  func logs() throws(Fault) -> [LogClause] {
    var clauses: [LogClause] = []
    for value in try list(main, "logs") {
      clauses.append(try log(try Fields(value, known: Self.logKeys, path: main.path)))
    }
    return clauses
  }

  private func log(_ fields: Fields) throws(Fault) -> LogClause {
    let clause = LogClause(
      id: try id(fields, "id"), title: try bilingual(fields, "title"), lines: try templates("lines", fields),
      continuations: try templates("continuations", fields), standing: try standing(fields),
      examples: try records("examples", fields), counterExamples: try records("counter_examples", fields),
      place: fields.place(of: fields.value))
    guard !clause.lines.isEmpty else { throw fields.fault("lines is missing", at: fields.value) }
    guard !clause.examples.isEmpty, !clause.counterExamples.isEmpty else {
      throw fields.fault("clause \(clause.id) has no examples, or no counter_examples", at: fields.value)
    }
    return clause
  }

  private func templates(_ key: String, _ fields: Fields) throws(Fault) -> [Template] {
    var found: [Template] = []
    for value in try list(fields, key) { found.append(try templates.template(value, fields)) }
    return found
  }

  /// Like `texts`, but a record may be one empty line.
  private func records(_ key: String, _ fields: Fields) throws(Fault) -> [String] {
    var found: [String] = []
    for value in try list(fields, key) {
      guard let text = value.string else { throw fields.fault("\(key) holds something other than a text", at: value) }
      found.append(text)
    }
    return found
  }
}
