import Syntax

/// A value of a document and the JSON pointer to it.
struct PlacedValue: Hashable {
  var value: PositionedValue
  var pointer: String

  init(_ value: PositionedValue, pointer: String = "") {
    self.value = value
    self.pointer = pointer
  }

  /// The value of a key; nil where there is none, and for null.
  subscript(key: String) -> PlacedValue? {
    guard let inner = value[key], inner.style != .null else { return nil }
    return PlacedValue(inner, pointer: "\(pointer)/\(JSONPointer.escaped(key))")
  }

  /// Of a sequence.
  var elements: [PlacedValue] {
    (value.array ?? []).enumerated().map { PlacedValue($0.element, pointer: "\(pointer)/\($0.offset)") }
  }

  /// The key under which it stands, or the index.
  var key: String { JSONPointer.unescaped(pointer.split(separator: "/").last ?? "") }

  var string: String? { value.string }

  /// Of a mapping, in the order of the file; null counts as nothing.
  var members: [(key: String, value: PlacedValue)] {
    (value.mapping ?? []).compactMap { entry in
      guard let key = entry.key.string, entry.value.style != .null else { return nil }
      return (key, PlacedValue(entry.value, pointer: "\(pointer)/\(JSONPointer.escaped(key))"))
    }
  }

  /// The text where it says something.
  var text: String? { string.flatMap { $0.isEmpty ? nil : $0 } }

  /// All texts at or below it.
  var texts: [PlacedValue] {
    if text != nil { return [self] }
    return elements.flatMap(\.texts) + members.flatMap(\.value.texts)
  }

  var isTrue: Bool { string == "true" }
}
