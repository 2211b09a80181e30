import Syntax

/// A query of a panel, an annotation or a variable.
struct DashboardQuery {
  /// What is done with the answer.
  enum Purpose: Hashable { case panel, annotation, variable }

  let place: PlacedValue
  var purpose: Purpose
  var source: DashboardSource
  /// The text in PromQL or LogQL; nil for queries of other languages.
  var expression: PlacedValue?
  var refID: String?
  /// Whether it is not asked, or asked for other queries' sake alone.
  var isHidden: Bool
  /// How its series are named.
  var legend: LegendFormat

  init(_ place: PlacedValue, purpose: Purpose, source: DashboardSource, expression: PlacedValue?) {
    self.place = place
    self.purpose = purpose
    self.source = source
    self.expression = expression
    refID = place["refId"]?.text
    isHidden = place["hide"]?.isTrue ?? false
    legend = LegendFormat(place["legendFormat"])
  }

  /// An element of `targets`.
  init(target place: PlacedValue, _ sources: DashboardSources, panel: DashboardSource) {
    self.init(
      place, purpose: .panel, source: sources.source(place["datasource"], outer: panel),
      expression: place["expr"].flatMap { $0.text == nil ? nil : $0 })
  }

  /// - Parameter spec: of a `PanelQuery` of a dashboard resource.
  init(resource spec: PlacedValue, _ sources: DashboardSources) {
    let asked = spec["query"]?["spec"] ?? spec
    self.init(
      asked, purpose: .panel, source: sources.source(ofResource: spec["query"], beside: spec["datasource"]),
      expression: asked["expr"].flatMap { $0.text == nil ? nil : $0 })
    refID = spec["refId"]?.text
    isHidden = spec["hidden"]?.isTrue ?? false
  }

  /// Whether it is one of Grafana's own expressions over the other queries.
  var isExpression: Bool { source.kind == .other("__expr__") }

  /// The id of the panel whose answers are shown again, in place of a query of its own.
  ///
  /// Source: grafana/grafana public/app/plugins/datasource/dashboard (`SHARED_DASHBOARD_QUERY`).
  var borrowedPanel: String? { source.name == "-- Dashboard --" ? place["panelId"]?.text : nil }

  /// As its source reads it, with variables; by an unknown source, as PromQL or else as LogQL.
  var parsed: Query.Parsed? {
    guard let text = expression?.text else { return nil }
    do throws(QueryError) {
      switch source.kind {
      case .loki: return .logQL(try LogQLExpression.parse(text, options: .grafana))
      case .prometheus: return .promQL(try PromQLExpression.parse(text, options: .grafana))
      case .other: return nil
      case .mixed, .unknown:
        if let logQL = try? LogQLExpression.parse(text, options: .grafana),
          (try? PromQLExpression.parse(text, options: .grafana)) == nil
        {
          return .logQL(logQL)
        }
        return .promQL(try PromQLExpression.parse(text, options: .grafana))
      }
    } catch {
      return .unreadable(error)
    }
  }
}

/// How series are named: `{{instance}} {{job}}`.
///
/// Source: grafana/grafana public/app/plugins/datasource/prometheus/legend.ts and loki/legend.ts.
struct LegendFormat: Hashable {
  let place: PlacedValue?

  init(_ place: PlacedValue?) { self.place = place?.text == nil ? nil : place }

  /// Whether every label is shown: no format stands, or `__auto`, which shows those in which series differ.
  var showsEveryLabel: Bool { place == nil || place?.text == "__auto" }

  /// The labels between double braces.
  var labels: [String] { Self.labels(in: place?.text ?? "") }

  static func labels(in text: String) -> [String] {
    var labels: [String] = []
    var rest = Substring(text)
    while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
      let name = rest[open.upperBound..<close.lowerBound].trimmingPrefix { $0.isWhitespace }
      labels.append(String(name.reversed().drop { $0.isWhitespace }.reversed()))
      rest = rest[close.upperBound...]
    }
    return labels
  }
}
