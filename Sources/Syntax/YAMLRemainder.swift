/// What a YAML document holds beside its values: comments, and the names of anchors, aliases, tags and directives.
///
/// Values are judged one by one; this is the rest, so that no text of the document goes unseen.
public enum YAMLRemainder {
  public struct Part: Sendable, Hashable {
    public enum Kind: Sendable { case comment, name }

    public var kind: Kind
    /// Offsets into the source; a comment's begin at its `#`.
    public var range: Range<Int>
  }

  /// Everything outside the values.
  ///
  /// - Parameters:
  ///   - values: where each scalar stands, `lowerBound` being the offset of its `PositionedValue`; in any order, also
  ///     overlapping.
  /// - Returns: comments, and words of four bytes or more, in the order of the source.
  public static func parts(outside values: [Range<Int>], in source: UnsafeRawBufferPointer) -> [Part] {
    var parts: [Part] = []
    var index = 0
    for value in values.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if value.lowerBound > index { scan(index..<value.lowerBound, source, &parts) }
      index = max(index, value.upperBound)
    }
    if index < source.count { scan(index..<source.count, source, &parts) }
    return parts
  }

  private static func scan(_ gap: Range<Int>, _ source: UnsafeRawBufferPointer, _ parts: inout [Part]) {
    var index = gap.lowerBound
    while index < gap.upperBound {
      let byte = source[index]
      if byte == UInt8(ascii: "#"), index == 0 || source[index - 1] <= 0x20 {
        let start = index
        while index < gap.upperBound, source[index] != 0x0A, source[index] != 0x0D { index += 1 }
        parts.append(Part(kind: .comment, range: start..<index))
      } else if isStructure(byte) {
        index += 1
      } else {
        let start = index
        while index < gap.upperBound, !isStructure(source[index]) { index += 1 }
        if index - start >= 4 { parts.append(Part(kind: .name, range: start..<index)) }
      }
    }
  }

  private static func isStructure(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }
}
