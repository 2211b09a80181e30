import Syntax

/// A panel, wherever in the dashboard it stands.
struct DashboardPanel {
  let place: PlacedValue
  var title: String?
  /// Where its plugin is named; nil where the panel stands in the library.
  var kind: PlacedValue?
  var source: DashboardSource
  var queries: [DashboardQuery]
  /// Its own, and those of its values.
  var links: [DashboardLink]
  var transformations: [DashboardTransformation]
  /// Names that it gives to fields, which may hold labels: `${__field.labels.pod}`.
  var displayNames: [PlacedValue]
  /// Texts of buttons of its values, and of the requests that they send.
  ///
  /// Source: grafana/grafana packages/grafana-data/src/types/action.ts.
  var actionTexts: [PlacedValue]
  /// The alert of a Grafana before 11, which was kept in the panel.
  var alert: PlacedValue?
  /// The uid (or name) of the panel in the library whose contents it shows; these are not in the file.
  var library: String?

  init(_ place: PlacedValue, _ sources: DashboardSources) {
    let source = sources.source(place["datasource"])
    self.init(
      place, kind: place["type"], source: source,
      queries: (place["targets"]?.elements ?? []).map { DashboardQuery(target: $0, sources, panel: source) },
      transformations: place["transformations"], fields: place["fieldConfig"])
    alert = place["alert"]
  }

  /// An element of a dashboard resource: `Panel`, or `LibraryPanel`, which names one.
  ///
  /// The plugin stands in `group` of the view, before v2beta1 in its `kind`.
  init(element: PlacedValue, _ sources: DashboardSources) {
    let spec = element["spec"] ?? element
    let data = spec["data"]?["spec"]
    let view = spec["vizConfig"]
    self.init(
      spec, kind: view?["group"] ?? view?["kind"], source: DashboardSource(kind: .unknown),
      queries: (data?["queries"]?.elements ?? []).compactMap { $0["spec"] }.map {
        DashboardQuery(resource: $0, sources)
      },
      transformations: data?["transformations"], fields: view?["spec"]?["fieldConfig"])
  }

  private init(
    _ place: PlacedValue, kind: PlacedValue?, source: DashboardSource, queries: [DashboardQuery],
    transformations: PlacedValue?, fields: PlacedValue?
  ) {
    self.place = place
    self.kind = kind
    self.source = source
    self.queries = queries
    self.transformations = (transformations?.elements ?? []).map { DashboardTransformation($0) }
    title = place["title"]?.text
    library = place["libraryPanel"].flatMap { $0["uid"]?.text ?? $0["name"]?.text }
    links = (place["links"]?.elements ?? []).map { DashboardLink($0) }
    displayNames = []
    actionTexts = []
    if let defaults = fields?["defaults"] {
      links += (defaults["links"]?.elements ?? []).map { DashboardLink($0) }
      displayNames += [defaults["displayName"]].compactMap { $0 }
      actionTexts += defaults["actions"]?.texts ?? []
    }
    for override in fields?["overrides"]?.elements ?? [] {
      for property in override["properties"]?.elements ?? [] {
        switch property["id"]?.string {
        case "links": links += (property["value"]?.elements ?? []).map { DashboardLink($0) }
        case "actions": actionTexts += property["value"]?.texts ?? []
        case "displayName": displayNames += [property["value"]].compactMap { $0 }
        default: break
        }
      }
    }
  }

  /// By which other panels of the dashboard refer to it.
  var id: String? { place["id"]?.text }

  /// The plugin: `timeseries`, `logs`, `alertlist`.
  var type: String { kind?.string ?? "" }

  /// Whether its contents stand in Grafana's library and not here.
  var isReference: Bool { library != nil && kind == nil }

  /// Letters of the queries whose labels an expression shows that is not hidden.
  var shownByExpressions: Set<String> {
    let graph = ExpressionGraph(
      queries.compactMap { query in
        query.refID.map {
          ExpressionGraph.Member(refID: $0, isExpression: query.isExpression, model: query.place.value)
        }
      })
    return graph.queries(behind: queries.filter { $0.isExpression && !$0.isHidden }.compactMap(\.refID))
  }
}

/// A link of a dashboard, a panel or a value; its title and its address may hold variables: `${__field.labels.user}`.
struct DashboardLink {
  let place: PlacedValue
  /// `link` or `dashboards`, of the dashboard's own.
  var type: String?
  var title: PlacedValue?
  var url: PlacedValue?

  init(_ place: PlacedValue) {
    self.place = place
    type = place["type"]?.text
    title = place["title"]
    url = place["url"]
  }
}
