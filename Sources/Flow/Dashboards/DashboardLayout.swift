import Syntax

/// The layout of a dashboard resource: rows, tabs and grids, one within the other.
///
/// Source: grafana/grafana apps/dashboard/kinds/v2beta1/dashboard_spec.cue (`RowsLayoutKind`, `TabsLayoutKind`).
enum DashboardLayout {
  /// The variables of rows and tabs, which hold for these alone.
  static func variables(in layout: PlacedValue) -> [PlacedValue] {
    let spec = layout["spec"]
    return ((spec?["rows"]?.elements ?? []) + (spec?["tabs"]?.elements ?? [])).compactMap { $0["spec"] }.flatMap {
      part in
      (part["variables"]?.elements ?? []) + (part["layout"].map(variables) ?? [])
    }
  }
}
