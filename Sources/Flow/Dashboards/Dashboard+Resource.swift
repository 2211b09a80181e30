import Syntax

extension Dashboard {
  /// A dashboard of the schema from version 2 on, whose panels are elements that a layout places.
  ///
  /// Source: grafana/grafana apps/dashboard/kinds/v2alpha1, v2beta1 and v2/dashboard_spec.cue.
  init(resource root: PlacedValue, _ installed: GrafanaSources) {
    self.root = root
    title = root["title"]?.text
    let sources = DashboardSources(root, installed)
    let ofParts = root["layout"].map(DashboardLayout.variables) ?? []
    variables = ((root["variables"]?.elements ?? []) + ofParts).map { DashboardVariable(resource: $0, sources) }
    annotations = (root["annotations"]?.elements ?? []).compactMap { $0["spec"] }.map {
      DashboardAnnotation(resource: $0, sources)
    }
    links = (root["links"]?.elements ?? []).map { DashboardLink($0) }
    panels = (root["elements"]?.members ?? []).map { DashboardPanel(element: $0.value, sources) }
  }
}
