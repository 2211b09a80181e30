import Syntax

/// Events that a dashboard draws over its panels; their texts may hold labels: `{{alertname}}`.
struct DashboardAnnotation {
  let place: PlacedValue
  var name: String?
  var query: DashboardQuery?
  var isEnabled: Bool
  /// Title and text as formats.
  var formats: [PlacedValue]
  /// Labels whose values become tags.
  ///
  /// Source: grafana/grafana packages/grafana-prometheus/src/annotations.ts (`processEvents`).
  var tagLabels: [String]

  init(_ place: PlacedValue, _ sources: DashboardSources) {
    self.place = place
    name = place["name"]?.text
    isEnabled = place["enable"]?.isTrue ?? false
    formats = ["titleFormat", "textFormat"].compactMap { place[$0] }.filter { $0.text != nil }
    tagLabels = Self.labels(ofTags: place["tagKeys"])
    let source = sources.source(place["datasource"])
    if let expression = place["target"]?["expr"] ?? place["expr"], expression.text != nil {
      query = DashboardQuery(place, purpose: .annotation, source: source, expression: expression)
    }
  }

  /// - Parameter spec: of an `AnnotationQuery` of a dashboard resource; what the classic schema had of its plugin's own stands in
  ///   `legacyOptions`.
  init(resource spec: PlacedValue, _ sources: DashboardSources) {
    place = spec
    name = spec["name"]?.text
    isEnabled = spec["enable"]?.isTrue ?? false
    let asked = spec["query"]
    let options = [spec["legacyOptions"], asked?["spec"], spec].compactMap { $0 }
    func option(_ name: String) -> PlacedValue? { options.lazy.compactMap { $0[name] }.first { $0.text != nil } }
    formats = ["titleFormat", "textFormat"].compactMap(option)
    tagLabels = Self.labels(ofTags: option("tagKeys"))
    if let expression = asked?["spec"]?["expr"] ?? spec["legacyOptions"]?["expr"], expression.text != nil {
      query = DashboardQuery(
        spec, purpose: .annotation, source: sources.source(ofResource: asked, beside: spec["datasource"]),
        expression: expression)
    }
  }

  private static func labels(ofTags keys: PlacedValue?) -> [String] {
    (keys?.text ?? "").split(separator: ",").map(String.init)
  }

  /// Labels that its texts and tags show.
  var shownLabels: [String] { formats.flatMap { LegendFormat.labels(in: $0.text ?? "") } + tagLabels }
}
