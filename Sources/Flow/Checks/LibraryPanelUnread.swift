import Vocabulary

/// A dashboard shows a panel of Grafana's library, and no file at hand holds what is in it.
///
/// Source: grafana/grafana kinds/dashboard/dashboard_kind.cue (`LibraryPanelRef`): the dashboard keeps `libraryPanel: {uid, name}`.
enum LibraryPanelUnread: ConfigCheck {
  static let rule = "library-panel-unread"
  static let title = "Panels of the library are there to be read"
  static let why = """
    A dashboard only names its library's panels. What such a panel shows stands in Grafana's database, where nobody has checked it.
    """

  static func findings(in file: CheckedFile, of tree: CheckedTree) -> [ConfigFinding] {
    var seen: Set<String> = []
    return file.dashboards.flatMap { dashboard in
      dashboard.panels.compactMap { panel -> ConfigFinding? in
        guard panel.isReference, let library = panel.library, !dashboard.held.contains(library),
          !tree.libraryPanels.contains(library), seen.insert(library).inserted, let place = panel.place["libraryPanel"]
        else { return nil }
        return file.finding(
          rule, .hygiene, .config, at: (place.pointer, place.value),
          "the panel's contents stand in Grafana's library, of which no scanned file holds them",
          remedy: "scan the library's panels together with the dashboards (/api/library-elements/UID answers with one)")
      }
    }
  }

  private static let reference =
    #"{"panels": [{"id": 1, "libraryPanel": ↓{"uid": "lib-1", "name": "N"}}, {"id": 2, "libraryPanel": {"uid": "lib-1"}}]}"#

  static let examples = [
    CheckExample(.dashboard, reference),
    CheckExample(
      .dashboard,
      #"""
      {"spec": {"layout": {}, "elements": {
        "a": {"kind": "LibraryPanel", "spec": {"id": 1, "title": "T", "libraryPanel": ↓{"uid": "lib-1", "name": "N"}}}}}}
      """#),
  ]

  static let counterExamples = [
    CheckExample(
      .dashboard, reference.filter { $0 != "↓" },
      beside: [
        ConfigFile(
          path: "library/one.json", role: .dashboard,
          bytes: Array(#"{"result": {"uid": "lib-1", "name": "N", "kind": 1, "model": {"type": "stat"}}}"#.utf8))
      ]),
    CheckExample(
      .dashboard, reference.filter { $0 != "↓" },
      beside: [
        ConfigFile(
          path: "library/one.json", role: .dashboard,
          bytes: Array(
            #"{"kind": "LibraryPanel", "metadata": {"name": "lib-1"}, "spec": {"type": "stat", "title": "N"}}"#.utf8))
      ]),
    CheckExample(
      .dashboard,
      #"""
      {"panels": [{"id": 1, "libraryPanel": {"uid": "a", "name": "N"}}, {"type": "stat", "libraryPanel": {"uid": "b"}}],
       "__elements": {"a": {"uid": "a", "kind": 1, "model": {"type": "stat"}}}}
      """#),
  ]
}
