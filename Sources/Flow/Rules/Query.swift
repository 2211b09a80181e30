import Syntax

/// A query in a rule or panel.
struct Query {
  var value: PositionedValue
  var pointer: String

  var text: String { value.string ?? "" }

  enum Parsed {
    case promQL(PromQLExpression)
    case logQL(LogQLExpression)
    /// Neither language reads it.
    case unreadable(QueryError)
  }

  /// As Prometheus reads it, else as Loki does.
  var parsed: Parsed {
    do throws(QueryError) {
      return .promQL(try PromQLExpression.parse(text))
    } catch {
      return (try? LogQLExpression.parse(text)).map { .logQL($0) } ?? .unreadable(error)
    }
  }

  /// Every `expr` at or below a value.
  static func all(in root: PositionedValue, pointer: String = "") -> [Query] {
    var queries: [Query] = []
    root.walk { below, value, isKey in
      guard !isKey, below.hasSuffix("/expr"), value.string != nil else { return }
      queries.append(Query(value: value, pointer: pointer + below))
    }
    return queries
  }
}
