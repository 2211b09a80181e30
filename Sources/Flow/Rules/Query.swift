import Syntax

/// An expression of a rule.
struct Query {
  enum Parsed {
    case promQL(PromQLExpression)
    case logQL(LogQLExpression)
    /// Neither language reads it.
    case unreadable(QueryError)
  }

  var value: PositionedValue
  var pointer: String
  /// As Prometheus reads it, else as Loki does.
  private(set) var parsed: Parsed

  var text: String { value.string ?? "" }

  init(_ value: PositionedValue, pointer: String) {
    self.value = value
    self.pointer = pointer
    let text = value.string ?? ""
    do throws(QueryError) {
      parsed = .promQL(try PromQLExpression.parse(text))
    } catch {
      parsed = (try? LogQLExpression.parse(text)).map { .logQL($0) } ?? .unreadable(error)
    }
  }

  var isLogQL: Bool { if case .logQL = parsed { true } else { false } }

  /// The same read as LogQL, where it is that too: `rate({job="x"}[5m])` is both.
  func asLogQL() -> Query {
    guard let expression = try? LogQLExpression.parse(text) else { return self }
    var query = self
    query.parsed = .logQL(expression)
    return query
  }

  /// Every `expr` at or below a value.
  static func all(in root: PositionedValue, pointer: String = "") -> [Query] {
    var queries: [Query] = []
    root.walk { below, value, isKey in
      guard !isKey, below.hasSuffix("/expr"), value.string != nil else { return }
      queries.append(Query(value, pointer: pointer + below))
    }
    return queries
  }
}
