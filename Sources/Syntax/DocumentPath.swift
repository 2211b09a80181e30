/// A path into a YAML or JSON document: keys parted by points, `*` for any key or element, `**` in front for any depth, `.` for the
/// document itself.
public struct DocumentPath: Sendable {
  /// What a path leads to.
  public struct Entry: Sendable {
    /// JSON pointer (RFC 6901) from the document's root.
    public var pointer: String
    /// The key, or the element of a list.
    public var place: PositionedValue
    public var value: PositionedValue

    public init(pointer: String, place: PositionedValue, value: PositionedValue) {
      self.pointer = pointer
      self.place = place
      self.value = value
    }
  }

  private let parts: [Substring]
  private let isAnywhere: Bool

  public init(_ text: String) {
    let parts = text == "." ? [] : text.split(separator: ".")
    isAnywhere = parts.first == "**"
    self.parts = isAnywhere ? Array(parts.dropFirst()) : parts
  }

  /// Everything at such a place, in the order of the document.
  public func entries(in document: PositionedValue) -> [Entry] {
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
    return (entry.value.merged ?? []).compactMap { child in
      let key = child.key.string ?? ""
      guard part == "*" || key == part else { return nil }
      return Entry(
        pointer: "\(entry.pointer)/\(JSONPointer.escaped(key))", place: child.key, value: child.value)
    }
  }
}
