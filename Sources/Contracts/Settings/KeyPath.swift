import Syntax

/// A path into a YAML document: keys parted by points, `*` for any key or element, `**` in front for any depth, `.` for the
/// document itself.
struct KeyPath {
  struct Entry {
    var pointer: String
    /// The key, or the element of a list.
    var place: PositionedValue
    var value: PositionedValue
  }

  private let parts: [Substring]
  private let isAnywhere: Bool

  init(_ text: String) {
    let parts = text == "." ? [] : text.split(separator: ".")
    isAnywhere = parts.first == "**"
    self.parts = isAnywhere ? Array(parts.dropFirst()) : parts
  }

  func entries(in document: PositionedValue) -> [Entry] {
    let root = Entry(pointer: "", place: document, value: document)
    guard isAnywhere else { return Self.below([root], parts[...]) }
    var starts = [root]
    document.walk { pointer, value, isKey in
      if !isKey, !pointer.isEmpty { starts.append(Entry(pointer: pointer, place: value, value: value)) }
    }
    return Self.below(starts, parts[...])
  }

  private static func below(_ entries: [Entry], _ parts: ArraySlice<Substring>) -> [Entry] {
    guard let part = parts.first else { return entries }
    return below(entries.flatMap { children(of: $0, part) }, parts.dropFirst())
  }

  private static func children(of entry: Entry, _ part: Substring) -> [Entry] {
    if let array = entry.value.array, part == "*" {
      return array.enumerated().map { Entry(pointer: "\(entry.pointer)/\($0)", place: $1, value: $1) }
    }
    return (entry.value.mapping ?? []).compactMap { child in
      let key = child.key.string ?? ""
      guard part == "*" || key == part else { return nil }
      return Entry(
        pointer: "\(entry.pointer)/\(JSONPointer.escaped(key))", place: child.key, value: child.value)
    }
  }
}
