import Syntax

/// A dashboard of Grafana, as it is exported, provisioned or returned by its API (in `dashboard`): of the classic schema up to 42, or a
/// resource of version 2. Panels of the library in a file of their own are read as a dashboard of these.
///
/// Source: grafana/grafana kinds/dashboard/dashboard_kind.cue and public/app/features/dashboard/state/DashboardMigrator.ts.
struct Dashboard {
  let root: PlacedValue
  var title: String?
  /// All panels in the order of the file, those of rows among them, whether the rows are open or collapsed; then those of the
  /// library that the export carries.
  var panels: [DashboardPanel] = []
  var annotations: [DashboardAnnotation] = []
  var variables: [DashboardVariable] = []
  /// Of the dashboard itself; panels have theirs.
  var links: [DashboardLink] = []
  /// Uids and names of the library's panels whose contents the file holds.
  var held: Set<String> = []

  /// - Parameter installed: what the tree's provisioning tells of the sources that it names.
  /// - Returns: nil for what is no dashboard.
  init?(_ document: PositionedValue, _ installed: GrafanaSources = GrafanaSources()) {
    let outer = PlacedValue(document)
    let root = outer["dashboard"] ?? outer["spec"] ?? outer
    if root["elements"]?.value.mapping != nil {
      self.init(resource: root, installed)
    } else if root["panels"] != nil || root["rows"] != nil || root["templating"] != nil {
      self.init(classic: root, in: outer, installed)
    } else {
      self.init(library: outer, installed)
    }
  }

  private init(classic root: PlacedValue, in outer: PlacedValue, _ installed: GrafanaSources) {
    self.root = root
    title = root["title"]?.text
    let sources = DashboardSources(root, installed)
    variables = (root["templating"]?["list"]?.elements ?? []).map { DashboardVariable($0, sources) }
    annotations = (root["annotations"]?["list"]?.elements ?? []).map { DashboardAnnotation($0, sources) }
    links = (root["links"]?.elements ?? []).map { DashboardLink($0) }
    for panel in root["panels"]?.elements ?? [] {
      guard panel["type"]?.string == "row" else {
        panels.append(DashboardPanel(panel, sources))
        continue
      }
      // Panels of a row that is open stand behind it; those of a collapsed one stand in it.
      panels += (panel["panels"]?.elements ?? []).map { DashboardPanel($0, sources) }
    }
    // Before schema 16 every panel stood in a row.
    for row in root["rows"]?.elements ?? [] {
      panels += (row["panels"]?.elements ?? []).map { DashboardPanel($0, sources) }
    }
    // The panels of the library that an export for others carries.
    for (uid, element) in (outer["__elements"] ?? root["__elements"])?.members ?? [] {
      guard let model = element["model"] else { continue }
      held.insert(uid)
      panels.append(DashboardPanel(model, sources))
    }
  }

  /// - Returns: nil where the document holds no panel of a library.
  private init?(library document: PlacedValue, _ installed: GrafanaSources) {
    let elements = LibraryElement.all(in: document)
    guard !elements.isEmpty else { return nil }
    root = document
    let sources = DashboardSources(document, installed)
    panels = elements.map { DashboardPanel($0.model, sources) }
    held = Set(elements.flatMap { [$0.uid, $0.name].compactMap { $0 } })
  }

  /// Every query, those of annotations and variables among them.
  var queries: [DashboardQuery] {
    panels.flatMap(\.queries) + annotations.compactMap(\.query) + variables.compactMap(\.query)
  }
}
