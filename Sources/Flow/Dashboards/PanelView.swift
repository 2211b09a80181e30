import Syntax

/// What of its series' labels a panel shows beside what the legends of its queries name.
struct PanelView {
  /// Nil for all.
  private var labels: Set<String>? = []

  init(_ panel: DashboardPanel) {
    guard panel.type != "table" else {
      labels = nil
      return
    }
    let texts = panel.displayNames + panel.links.flatMap { [$0.title, $0.url].compactMap { $0 } } + panel.actionTexts
    for text in texts { show(FieldVariable.labels(in: text.text ?? "")) }
    for transformation in panel.transformations { show(transformation.shownLabels) }
  }

  /// The view of what this panel or another one shows of the same series.
  func union(_ other: PanelView) -> PanelView {
    var union = self
    union.show(other.labels)
    return union
  }

  private mutating func show(_ more: (some Sequence<String>)?) {
    if let more { labels?.formUnion(more) } else { labels = nil }
  }

  /// Labels of a query's series that are seen, sorted; nil for all.
  func labels(of query: DashboardQuery) -> [String]? {
    guard let labels, query.place["format"]?.string != "table", !query.legend.showsEveryLabel else { return nil }
    return labels.union(query.legend.labels).sorted()
  }
}

extension Dashboard {
  /// By the ids of panels: what other panels show of their answers, which they show again.
  var lentViews: [String: PanelView] {
    var views: [String: PanelView] = [:]
    for panel in panels {
      for lender in Set(panel.queries.compactMap(\.borrowedPanel)) {
        let view = PanelView(panel)
        views[lender] = views[lender]?.union(view) ?? view
      }
    }
    return views
  }
}
