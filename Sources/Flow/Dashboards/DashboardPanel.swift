import Syntax

/// A panel, wherever in the dashboard it stands.
struct DashboardPanel {
  struct Row: Hashable {
    var title: String?
    var isCollapsed: Bool
  }

  let place: PlacedValue
  var title: String?
  /// The plugin: `timeseries`, `logs`, `alertlist`.
  var type: String
  /// The row it stands in.
  var row: Row?
  var source: DashboardSource
  var queries: [DashboardQuery]
  /// Its own, and those of its values.
  var links: [DashboardLink]
  /// Each with its `id`.
  var transformations: [PlacedValue]
  /// Names that it gives to fields, which may hold labels: `${__field.labels.pod}`.
  var displayNames: [PlacedValue]
  /// The text of a text panel.
  var content: PlacedValue?
  /// The alert of a Grafana before 11, which was kept in the panel.
  var alert: PlacedValue?
  /// The uid (or name) of the panel in the library whose contents it shows; these are not in the file.
  var library: String?
  /// The variable for each of whose values it is repeated.
  var repeated: String?

  init(_ place: PlacedValue, row: Row?, _ sources: DashboardSources) {
    self.place = place
    self.row = row
    title = place["title"]?.text
    type = place["type"]?.string ?? ""
    let source = sources.source(place["datasource"])
    self.source = source
    queries = (place["targets"]?.elements ?? []).map { DashboardQuery(target: $0, sources, panel: source) }
    transformations = place["transformations"]?.elements ?? []
    content = place["options"]?["content"] ?? place["content"]
    alert = place["alert"]
    library = place["libraryPanel"].flatMap { $0["uid"]?.text ?? $0["name"]?.text }
    repeated = place["repeat"]?.text
    links = (place["links"]?.elements ?? []).map { DashboardLink($0) }
    displayNames = []
    let config = place["fieldConfig"]
    if let defaults = config?["defaults"] {
      links += (defaults["links"]?.elements ?? []).map { DashboardLink($0) }
      displayNames += [defaults["displayName"]].compactMap { $0 }
    }
    for override in config?["overrides"]?.elements ?? [] {
      for property in override["properties"]?.elements ?? [] {
        switch property["id"]?.string {
        case "links": links += (property["value"]?.elements ?? []).map { DashboardLink($0) }
        case "displayName": displayNames += [property["value"]].compactMap { $0 }
        default: break
        }
      }
    }
  }

  /// Whether it shows alerts, with the labels that they carry.
  var isAlertList: Bool { type == "alertlist" }
}

/// A link of a dashboard, a panel or a value; its address may hold variables: `${__field.labels.user}`.
struct DashboardLink {
  let place: PlacedValue
  /// `link` or `dashboards`, of the dashboard's own.
  var type: String?
  var url: PlacedValue?

  init(_ place: PlacedValue) {
    self.place = place
    type = place["type"]?.text
    url = place["url"]
  }
}

/// Events that a dashboard draws over its panels; their texts may hold labels: `{{alertname}}`.
struct DashboardAnnotation {
  let place: PlacedValue
  var name: String?
  var query: DashboardQuery?
  var isEnabled: Bool
  /// Title, text and tags as formats.
  var formats: [PlacedValue]

  init(_ place: PlacedValue, _ sources: DashboardSources) {
    self.place = place
    name = place["name"]?.text
    isEnabled = place["enable"]?.isTrue ?? false
    formats = ["titleFormat", "textFormat", "tagKeys"].compactMap { place[$0] }.filter { $0.text != nil }
    let source = sources.source(place["datasource"])
    if let expression = place["target"]?["expr"] ?? place["expr"], expression.text != nil {
      query = DashboardQuery(place, purpose: .annotation, source: source, expression: expression)
    }
  }
}
