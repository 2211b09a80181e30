import Syntax

/// Where the elements of a dashboard resource stand: in rows, in tabs, in grids, one within the other.
///
/// Source: grafana/grafana apps/dashboard/kinds/v2beta1/dashboard_spec.cue (`GridLayoutKind`, `AutoGridLayoutKind`, `RowsLayoutKind`,
/// `TabsLayoutKind`).
struct DashboardLayout {
  /// By the element's name: the row or tab next to it.
  private(set) var rows: [String: DashboardPanel.Row] = [:]
  /// By the element's name: the variable for each of whose values it is repeated.
  private(set) var repeated: [String: String] = [:]
  /// Those of rows and tabs alone.
  private(set) var variables: [PlacedValue] = []

  init(_ layout: PlacedValue?) {
    if let layout { read(layout, row: nil) }
  }

  private mutating func read(_ layout: PlacedValue, row: DashboardPanel.Row?) {
    let spec = layout["spec"]
    for item in spec?["items"]?.elements ?? [] {
      guard let name = item["spec"]?["element"]?["name"]?.text else { continue }
      rows[name] = row
      repeated[name] = item["spec"]?["repeat"]?["value"]?.text
    }
    for part in (spec?["rows"]?.elements ?? []) + (spec?["tabs"]?.elements ?? []) {
      guard let inner = part["spec"] else { continue }
      variables += inner["variables"]?.elements ?? []
      let next = DashboardPanel.Row(title: inner["title"]?.text, isCollapsed: inner["collapse"]?.isTrue ?? false)
      if let below = inner["layout"] { read(below, row: next) }
    }
  }
}
