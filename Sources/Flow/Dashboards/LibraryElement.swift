import Syntax

/// A panel of Grafana's library, as a file holds it: the answer of its API (`/api/library-elements`), one of its elements, or the
/// resource `LibraryPanel`.
///
/// Sources: grafana/grafana pkg/services/libraryelements/model/model.go (`LibraryElementDTO`), pkg/apis/dashboard/v0alpha1
/// (`LibraryPanelSpec`).
struct LibraryElement {
  /// By which dashboards refer to it.
  var uid: String?
  var name: String?
  /// The panel, as it would stand in a dashboard.
  var model: PlacedValue

  static func all(in document: PlacedValue) -> [LibraryElement] {
    if document["kind"]?.string == "LibraryPanel", let spec = document["spec"] {
      return [LibraryElement(uid: document["metadata"]?["name"]?.text, name: spec["title"]?.text, model: spec)]
    }
    let result = document["result"] ?? document
    let elements = result.value.array == nil ? result["elements"]?.elements ?? [result] : result.elements
    return elements.compactMap { element in
      guard let model = element["model"], model["type"] != nil || model["targets"] != nil else { return nil }
      return LibraryElement(uid: element["uid"]?.text, name: element["name"]?.text, model: model)
    }
  }
}
