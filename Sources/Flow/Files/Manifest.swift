import Syntax

/// Resources of Kubernetes, as files give them.
enum Manifest {
  /// Those of a document: itself, or the items where it is a list.
  ///
  /// Source: kubernetes/apimachinery pkg/apis/meta/v1 (`List`): `kind` ends in `List`, and `items` holds them.
  static func resources(in document: PositionedValue) -> [PlacedValue] {
    let document = PlacedValue(document)
    guard let items = document["items"], document["kind"]?.string?.hasSuffix("List") == true else { return [document] }
    return items.elements
  }
}
