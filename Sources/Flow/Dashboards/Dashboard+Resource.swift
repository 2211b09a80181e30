import Syntax

extension Dashboard {
  /// A dashboard of the schema from version 2 on, whose panels are elements that a layout places.
  ///
  /// Source: grafana/grafana apps/dashboard/kinds/v2alpha1, v2beta1 and v2/dashboard_spec.cue.
  init(resource root: PlacedValue) {
    self.root = root
    title = root["title"]?.text
    let sources = DashboardSources(root)
    let layout = DashboardLayout(root["layout"])
    variables = ((root["variables"]?.elements ?? []) + layout.variables).map {
      DashboardVariable(resource: $0, sources)
    }
    annotations = (root["annotations"]?.elements ?? []).compactMap { $0["spec"] }.map {
      DashboardAnnotation(resource: $0, sources)
    }
    links = (root["links"]?.elements ?? []).map { DashboardLink($0) }
    panels = (root["elements"]?.members ?? []).map { name, element in
      var panel = DashboardPanel(element: element, row: layout.rows[name], sources)
      panel.repeated = layout.repeated[name]
      return panel
    }
  }
}
