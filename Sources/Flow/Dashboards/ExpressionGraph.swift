import Syntax

/// What Grafana's own expressions (`__expr__`) of one panel or one alert make of one another's results: which queries' labels each
/// result carries.
///
/// Sources: grafana/grafana pkg/expr/commands.go (reductions, resampling and thresholds keep the labels), pkg/expr/mathexp/exp.go
/// (`union`: an operation's result has the labels of the side with more of them), pkg/expr/classic/classic.go (conditions come to one
/// number without labels), pkg/expr/sql_command.go (columns of text become labels), pkg/expr/mathexp/parse/lex.go (`$A`, `${A}`).
struct ExpressionGraph {
  /// A query or an expression.
  struct Member {
    /// The letter by which others name it.
    var refID: String
    var isExpression: Bool
    var model: PositionedValue
  }

  private var queries: Set<String> = []
  /// For each expression, by what its result's labels come from: words that may be letters of others.
  private var inputs: [String: Set<String>] = [:]
  /// Expressions of a kind that is not known, which may read any other.
  private var unknown: Set<String> = []

  init(_ members: [Member]) {
    for member in members {
      guard member.isExpression else {
        queries.insert(member.refID)
        continue
      }
      let read = Self.inputs(of: member.model)
      inputs[member.refID, default: []].formUnion(read ?? [])
      if read == nil { unknown.insert(member.refID) }
    }
  }

  func holds(_ refID: String) -> Bool { queries.contains(refID) || inputs[refID] != nil }

  /// The queries whose labels the results of some members carry; of a query, itself.
  func queries(behind refIDs: some Sequence<String>) -> Set<String> {
    var seen = Set(refIDs)
    var waiting = Array(seen)
    while let next = waiting.popLast() {
      if unknown.contains(next) { return queries }
      for input in inputs[next] ?? [] where seen.insert(input).inserted { waiting.append(input) }
    }
    return queries.intersection(seen)
  }

  /// Nil for an expression of a kind that is not known.
  private static func inputs(of model: PositionedValue) -> Set<String>? {
    let text = model["expression"]?.string ?? ""
    switch model["type"]?.string {
    case "classic_conditions": return []
    case "reduce", "resample", "threshold", "hysteresis": return [letter(text)]
    case "math": return variables(of: text)
    case "sql": return words(of: text)
    default: return nil
    }
  }

  /// The letter that a step names: `A`, `$A`.
  static func letter(_ text: String) -> String { text.hasPrefix("$") ? String(text.dropFirst()) : text }

  private static func variables(of text: String) -> Set<String> {
    var names: Set<String> = []
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "{" {
        guard let end = rest.firstIndex(of: "}") else { break }
        names.insert(String(rest[..<end].dropFirst()))
        rest = rest[end...]
      } else {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        names.insert(String(name))
        rest = rest[name.endIndex...]
      }
    }
    return names
  }

  /// Everything in a query of SQL that may be a table's name: each word, and what stands between quotes.
  private static func words(of text: String) -> Set<String> {
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" } + text.split { "`\"'".contains($0) }
    return Set(words.map(String.init))
  }
}
