import Syntax

/// A dashboard of Grafana, as it is exported, provisioned or returned by its API (in `dashboard`), up to schema 42.
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

  /// - Returns: nil for what is no dashboard.
  init?(_ document: PositionedValue) {
    let outer = PlacedValue(document)
    let root = outer["dashboard"] ?? outer["spec"] ?? outer
    guard root["panels"] != nil || root["rows"] != nil || root["templating"] != nil, root.value.mapping != nil else {
      return nil
    }
    self.root = root
    title = root["title"]?.text
    let sources = DashboardSources(root)
    variables = (root["templating"]?["list"]?.elements ?? []).map { DashboardVariable($0, sources) }
    annotations = (root["annotations"]?["list"]?.elements ?? []).map { DashboardAnnotation($0, sources) }
    links = (root["links"]?.elements ?? []).map { DashboardLink($0) }
    var row: DashboardPanel.Row?
    for panel in root["panels"]?.elements ?? [] {
      guard panel["type"]?.string == "row" else {
        panels.append(DashboardPanel(panel, row: row, sources))
        continue
      }
      let next = DashboardPanel.Row(title: panel["title"]?.text, isCollapsed: panel["collapsed"]?.isTrue ?? false)
      row = next
      panels += (panel["panels"]?.elements ?? []).map { DashboardPanel($0, row: next, sources) }
    }
    // Before schema 16 every panel stood in a row.
    for row in root["rows"]?.elements ?? [] {
      let next = DashboardPanel.Row(title: row["title"]?.text, isCollapsed: row["collapse"]?.isTrue ?? false)
      panels += (row["panels"]?.elements ?? []).map { DashboardPanel($0, row: next, sources) }
    }
    // The panels of the library that an export for others carries.
    let elements = outer["__elements"] ?? root["__elements"]
    for entry in elements?.value.mapping ?? [] {
      guard let model = entry.key.string.flatMap({ elements?[$0]?["model"] }) else { continue }
      panels.append(DashboardPanel(model, row: nil, sources))
    }
  }

  /// Every query, those of annotations and variables among them.
  var queries: [DashboardQuery] {
    panels.flatMap(\.queries) + annotations.compactMap(\.query) + variables.compactMap(\.query)
  }
}
