import Syntax

/// Resources of Kubernetes, as files give them.
enum Manifest {
  /// Those of a document: itself, or the items where it is a list.
  ///
  /// Source: kubernetes/apimachinery pkg/apis/meta/v1 (`List`): `kind` ends in `List`, and `items` holds them.
  static func resources(in document: PositionedValue) -> [PlacedValue] {
    let document = PlacedValue(document)
    guard let items = items(of: document.value) else { return [document] }
    return PlacedValue(items, pointer: "/items").elements
  }

  /// The roles that the resources of some documents have; `other` among them where one is a program or a thing of Kubernetes.
  static func roles(in documents: [PositionedValue]) -> Set<FileRole> {
    Set(
      documents.flatMap(resources).compactMap { resource in
        guard resource["kind"]?.string != nil, resource["apiVersion"] != nil else { return role(of: resource.value) }
        return role(of: resource.value) ?? .other
      })
  }

  /// Documents without the resources that have another role than this; items stay where they were.
  static func documents(_ documents: [PositionedValue], as role: FileRole) -> [PositionedValue] {
    func isOthers(_ resource: PositionedValue) -> Bool { Self.role(of: resource).map { $0 != role } ?? false }
    return documents.compactMap { document in
      guard let items = items(of: document)?.array, items.contains(where: isOthers) else {
        return isOthers(document) ? nil : document
      }
      var list = document
      list.content = .mapping(
        (document.mapping ?? []).map { entry in
          guard entry.key.string == "items" else { return entry }
          var entry = entry
          entry.value.content = .sequence(items.map { isOthers($0) ? nothing(at: $0) : $0 })
          return entry
        })
      return list
    }
  }

  private static func items(of document: PositionedValue) -> PositionedValue? {
    document["kind"]?.string?.hasSuffix("List") == true ? document["items"] : nil
  }

  private static func role(of resource: PositionedValue) -> FileRole? {
    ResourceShape.format(of: resource).flatMap(FileRole.init)
  }

  private static func nothing(at place: PositionedValue) -> PositionedValue {
    PositionedValue(.scalar("", .null), line: place.line, column: place.column, offset: place.offset)
  }
}
