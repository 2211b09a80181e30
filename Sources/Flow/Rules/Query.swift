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
  /// As its source reads it; of rule files, as Prometheus does, else as Loki does.
  private(set) var parsed: Parsed
  /// What the expression may hold beside PromQL.
  private(set) var dialect = PromQLDialect.prometheus
  /// The letter by which Grafana's expressions name it.
  private(set) var refID: String?

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

  /// A query of an alert of Grafana, which fills in `$__rate_interval` and the like.
  ///
  /// - Parameter refID: of the step that asks it.
  /// - Returns: nil for queries of other languages.
  init?(_ query: DashboardQuery, refID: String?) {
    guard let place = query.expression, let parsed = query.parsed else { return nil }
    value = place.value
    pointer = place.pointer
    self.parsed = parsed
    dialect = .grafana
    self.refID = refID
  }

  /// Of PromQL.
  var expression: PromQLExpression? { if case .promQL(let expression) = parsed { expression } else { nil } }

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
