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
  /// For each expression, where its result's labels come from.
  private var inputs: [String: Set<String>] = [:]

  init(_ members: [Member]) {
    let names = Set(members.map(\.refID))
    for member in members {
      if member.isExpression {
        inputs[member.refID, default: []].formUnion(Self.inputs(of: member.model, among: names))
      } else {
        queries.insert(member.refID)
      }
    }
  }

  func holds(_ refID: String) -> Bool { queries.contains(refID) || inputs[refID] != nil }

  /// The queries whose labels the result of a member carries; of a query, itself.
  func queries(behind refID: String) -> Set<String> {
    var seen: Set<String> = [refID]
    var waiting = [refID]
    while let next = waiting.popLast() {
      for input in inputs[next] ?? [] where seen.insert(input).inserted { waiting.append(input) }
    }
    return seen.intersection(queries)
  }

  private static func inputs(of model: PositionedValue, among names: Set<String>) -> Set<String> {
    let text = model["expression"]?.string ?? ""
    switch model["type"]?.string {
    case "classic_conditions": return []
    case "reduce", "resample", "threshold", "hysteresis": return [text.hasPrefix("$") ? String(text.dropFirst()) : text]
    case "math": return variables(of: text)
    case "sql": return tables(of: text, among: names)
    // An expression of a kind that is not known may read any of them.
    default: return names
    }
  }

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

  /// Every letter that stands in the text as a word; those that are no words stand in quotes.
  private static func tables(of text: String, among names: Set<String>) -> Set<String> {
    func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }
    let words = Set(text.split { !isPart($0) }.map(String.init))
    return names.filter { words.contains($0) || !$0.allSatisfy(isPart) && text.contains($0) }
  }
}
