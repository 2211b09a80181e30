extension RE2 {
  /// A replacement with `$1`, `${1}` and `${name}`, as Go's `Regexp.Expand` reads it.
  ///
  /// `$$` is a dollar. A name without braces is as long as letters, digits and underscores go, so `$1x` is the group named
  /// `1x`, and a group that is not there is empty. A dollar that begins none of these stands for itself.
  public struct Template: Sendable, Hashable {
    public enum Part: Sendable, Hashable {
      case text([UInt8])
      case number(Int)
      case name(String)
    }

    public let parts: [Part]

    /// True where something is taken from the match.
    public var hasReferences: Bool { parts.contains { if case .text = $0 { false } else { true } } }

    public init(_ source: String) {
      let bytes = Array(source.utf8)
      var parts: [Part] = []
      var text: [UInt8] = []
      var index = 0
      while index < bytes.count {
        guard bytes[index] == UInt8(ascii: "$") else {
          text.append(bytes[index])
          index += 1
          continue
        }
        if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "$") {
          text.append(UInt8(ascii: "$"))
          index += 2
        } else if let (name, end) = Self.name(in: bytes, at: index + 1) {
          parts += text.isEmpty ? [] : [.text(text)]
          text = []
          parts.append(Self.reference(name))
          index = end
        } else {
          text.append(UInt8(ascii: "$"))
          index += 1
        }
      }
      self.parts = parts + (text.isEmpty ? [] : [.text(text)])
    }

    private static func name(in bytes: [UInt8], at start: Int) -> (ArraySlice<UInt8>, end: Int)? {
      var index = start
      let isBraced = index < bytes.count && bytes[index] == UInt8(ascii: "{")
      if isBraced { index += 1 }
      let begin = index
      while index < bytes.count, ASCII.isWord(bytes[index]) { index += 1 }
      guard index > begin else { return nil }
      let name = bytes[begin..<index]
      guard isBraced else { return (name, index) }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "}") else { return nil }
      return (name, index + 1)
    }

    private static func reference(_ name: ArraySlice<UInt8>) -> Part {
      let text = String(decoding: name, as: UTF8.self)
      let isNumber = name.allSatisfy { ASCII.digit($0, base: 10) != nil }
      // Go takes only a number without a leading zero for one, and 0 itself.
      guard isNumber, name.count == 1 || name.first != UInt8(ascii: "0"), let number = Int(text), number < 100_000_000
      else { return .name(text) }
      return .number(number)
    }

    /// The text for one match.
    public func expanded(_ match: [Range<Int>?], of text: UnsafeRawBufferPointer, names: [String?]) -> [UInt8] {
      var out: [UInt8] = []
      func append(_ group: Int) {
        if match.indices.contains(group), let range = match[group] { out.append(contentsOf: text[range]) }
      }
      for part in parts {
        switch part {
        case .text(let bytes): out.append(contentsOf: bytes)
        case .number(let group): append(group)
        case .name(let name): if let group = names.firstIndex(of: name) { append(group) }
        }
      }
      return out
    }
  }
}
