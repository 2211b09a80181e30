import Syntax

/// A variable of a dashboard; its values are offered in a list, and put into queries, titles and addresses.
///
/// Source: grafana/grafana packages/grafana-prometheus/src/migrations/variableMigration.ts (the expressions),
/// public/app/plugins/datasource/loki/LokiVariableSupport.ts (`type` 0: names, 1: values).
struct DashboardVariable {
  /// What the list holds.
  enum Values: Hashable {
    case labelNames
    /// Of a label of the series that the query reads, or of all.
    case labelValues(of: String)
    /// Names of metrics that a regular expression matches.
    case metrics(matching: String)
    /// Series with their values, as text: `query_result(…)`.
    case results
    /// Series, as text: the variable's query is a selector alone.
    case series
    /// Whatever a source of another kind returns.
    case other
    /// Written in the file, or typed by who looks.
    case given
  }

  let place: PlacedValue
  var name: String
  /// `query`, `custom`, `interval`, `datasource`, `adhoc`, `textbox`, `constant`.
  var type: String
  var values: Values
  /// The query in PromQL or LogQL: the expression itself, or the selector of the series whose labels are listed.
  var query: DashboardQuery?
  /// What a query is written in: the text, or Loki's object.
  var asked: PlacedValue?

  init(_ place: PlacedValue, _ sources: DashboardSources) {
    self.init(
      place, type: place["type"]?.text ?? "", query: place["query"], source: sources.source(place["datasource"]))
  }

  /// - Parameter variable: of a dashboard resource, e.g. a `QueryVariable`.
  init(resource variable: PlacedValue, _ sources: DashboardSources) {
    let spec = variable["spec"] ?? variable
    let kind = variable["kind"]?.string ?? ""
    let type = kind.hasSuffix("Variable") ? kind.dropLast("Variable".count).lowercased() : kind
    self.init(
      spec, type: type, query: spec["query"]?["spec"],
      source: sources.source(ofResource: spec["query"], beside: spec["datasource"]))
  }

  private init(_ place: PlacedValue, type: String, query: PlacedValue?, source: DashboardSource) {
    self.place = place
    self.type = type
    name = place["name"]?.text ?? ""
    values = .given
    guard type == "query", let query else { return }
    // A text of the classic schema is kept in an object in resources.
    let text = query["query"] ?? query["__legacyStringValue"] ?? query
    asked = text
    var inner: String?
    // An object without a text is Loki's, whatever is known of the source.
    let isUnnamed = source.kind == .unknown && (query["stream"] ?? query["label"]) != nil
    if text.string == nil, query.value.mapping != nil, source.kind == .loki || isUnnamed {
      let source = DashboardSource(kind: .loki, name: source.name)
      values = query["type"]?.string == "0" ? .labelNames : .labelValues(of: query["label"]?.text ?? "")
      inner = query["stream"]?.text
      if let stream = query["stream"], inner != nil {
        self.query = DashboardQuery(place, purpose: .variable, source: source, expression: stream)
      }
      return
    }
    guard let string = text.text else {
      values = .other
      return
    }
    if case .other = source.kind {
      values = .other
      return
    }
    (values, inner) = Self.read(string)
    guard let inner else { return }
    var expression = text
    expression.value = PositionedValue(
      .scalar(inner, text.value.style ?? .string), line: text.value.line, column: text.value.column,
      offset: text.value.offset)
    self.query = DashboardQuery(place, purpose: .variable, source: source, expression: expression)
  }

  /// What a query as text asks for, and the PromQL or LogQL in it.
  static func read(_ query: String) -> (Values, query: String?) {
    let text = query.trimmingSuffix(where: \.isWhitespace)
    func argument(of function: String) -> String? {
      guard text.hasPrefix(function + "("), text.hasSuffix(")") else { return nil }
      let inner = text.dropFirst(function.count + 1).dropLast().drop { $0.isWhitespace }
      return String(inner).trimmingSuffix(where: \.isWhitespace)
    }
    func filled(_ text: String) -> String? { text.isEmpty ? nil : text }
    if let inner = argument(of: "label_names") { return (.labelNames, filled(inner)) }
    if let inner = argument(of: "metrics") { return (.metrics(matching: inner), nil) }
    if let inner = argument(of: "query_result") { return (.results, filled(inner)) }
    if let inner = argument(of: "label_values") {
      // The label is what stands behind the last comma.
      guard let comma = inner.lastIndex(of: ","), !inner[comma...].contains("}"), !inner[comma...].contains(")") else {
        return (.labelValues(of: inner), nil)
      }
      let label = inner[inner.index(after: comma)...].drop { $0.isWhitespace }
      return (.labelValues(of: String(label)), filled(String(inner[..<comma])))
    }
    return (.series, text)
  }
}

extension String {
  fileprivate func trimmingSuffix(where drops: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, drops(last) { text.removeLast() }
    return String(text)
  }
}
