/// The keys of flow collections (`[{name: g, rules: []}]`) as far as one line shows them.
enum YAMLFlowKeys {
  typealias Bytes = Slice<UnsafeRawBufferPointer>

  /// Whether a flow collection begins here, perhaps behind an anchor or a tag.
  static func begin(_ text: Bytes) -> Bool { opening(text) != nil }

  /// Visits the keys with their depth: 1 in the collection that the text begins with. A text that begins with none has none.
  static func forEach(in text: Bytes, _ visit: (_ pair: YAMLPair, _ depth: Int) -> Void) {
    guard let text = opening(text) else { return }
    var depth = 0
    // The last byte that is no space.
    var previous = UInt8(ascii: ",")
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      let isFirst = "[{,".utf8.contains(previous) && byte != UInt8(ascii: " ")
      if isFirst, let pair = YAMLPair(text[index...]) { visit(pair, depth) }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // Inside of a plain word it is an apostrophe.
        if isFirst || previous == UInt8(ascii: ":") { index = end(of: text, quotedFrom: index) }
      case UInt8(ascii: "#"): if text[index - 1] == UInt8(ascii: " ") { return }
      default: break
      }
      if byte != UInt8(ascii: " ") { previous = byte }
      index += 1
    }
  }

  /// From the bracket on, behind spaces, anchors and tags.
  private static func opening(_ text: Bytes) -> Bytes? {
    var text = text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    while let first = text.first, first == UInt8(ascii: "&") || first == UInt8(ascii: "!") {
      text = text.drop { $0 != UInt8(ascii: " ") }.drop { $0 == UInt8(ascii: " ") }
    }
    return text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") ? text : nil
  }

  /// The place of the closing quote, or the end where the text goes on in another line.
  private static func end(of text: Bytes, quotedFrom start: Int) -> Int {
    var index = start + 1
    while index < text.endIndex, text[index] != text[start] {
      index += text[index] == UInt8(ascii: "\\") && text[start] == UInt8(ascii: "\"") ? 2 : 1
    }
    return index
  }
}
