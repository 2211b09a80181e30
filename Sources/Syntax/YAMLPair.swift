/// A plain or quoted key that a text begins with, and what follows it.
struct YAMLPair {
  typealias Bytes = Slice<UnsafeRawBufferPointer>

  let key: String
  /// To the end of the text.
  let value: Bytes

  /// - Returns: nil where the text doesn't begin with a key that a configuration would have: letters, digits, `_-./`.
  init?(_ text: Bytes) {
    let start = text.drop(while: Self.isQuote)
    let name = start.prefix {
      Self.isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "_-./".utf8.contains($0)
    }
    let rest = start[name.endIndex...].drop { Self.isQuote($0) || $0 == UInt8(ascii: " ") }
    guard !name.isEmpty, rest.first == UInt8(ascii: ":") else { return nil }
    let after = rest.dropFirst()
    guard after.first.map({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) ?? true else { return nil }
    key = String(decoding: name, as: UTF8.self)
    value = after
  }

  /// The value without the quote before it.
  var unquoted: Bytes { value.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || Self.isQuote($0) } }

  /// The first word of the value.
  var word: String { String(decoding: unquoted.prefix(while: Self.isLetter), as: UTF8.self) }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  /// Of ASCII, or any part of another character.
  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte >= 0x80
  }
}
