/// A text, each byte of which knows where it stands in the file that it was read from. Quotes, escapes and variables have been
/// resolved; a zero byte stands for a piece that the file does not tell.
public struct PlacedText: Sendable, Hashable {
  /// No argument of a program can hold it, so that it may stand for what is unknown.
  public static let unknown: UInt8 = 0

  public var bytes: [UInt8]
  /// For each byte, its offset into the file.
  public var offsets: [Int]

  public init() { (bytes, offsets) = ([], []) }

  /// The whole of a file. Zero bytes in it are taken for spaces.
  public init(file: [UInt8]) {
    bytes = file.map { $0 == Self.unknown ? 0x20 : $0 }
    offsets = Array(file.indices)
  }

  public init(bytes: [UInt8], offsets: [Int]) {
    self.bytes = bytes
    self.offsets = offsets
  }

  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Nothing of it is unknown.
  public var isKnown: Bool { !bytes.contains(Self.unknown) }

  public var isEmpty: Bool { bytes.isEmpty }

  public mutating func append(_ byte: UInt8, at offset: Int) {
    bytes.append(byte)
    offsets.append(offset)
  }

  /// Two unknown pieces beside each other are one.
  public mutating func append(_ other: PlacedText) {
    if bytes.last == Self.unknown, other.bytes.first == Self.unknown { removeLast() }
    bytes += other.bytes
    offsets += other.offsets
  }

  private mutating func removeLast() {
    bytes.removeLast()
    offsets.removeLast()
  }

  public subscript(_ range: Range<Int>) -> PlacedText {
    PlacedText(bytes: Array(bytes[range]), offsets: Array(offsets[range]))
  }

  /// Parts between white space.
  func words() -> [PlacedText] {
    var words: [PlacedText] = []
    var start: Int?
    for index in bytes.indices {
      if Bytes.isSpace(bytes[index]) {
        if let begin = start { words.append(self[begin..<index]) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let start { words.append(self[start..<bytes.count]) }
    return words
  }

  /// Words parted by white space, with quotes around whole words or parts of them.
  func unquotedWords() -> [PlacedText] {
    var words: [PlacedText] = []
    var word = PlacedText()
    var hasBegun = false
    var quote: UInt8?
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), index + 1 < bytes.count {
        index += 1
        word.append(bytes[index], at: offsets[index])
        hasBegun = true
      } else if let open = quote {
        if byte == open { quote = nil } else { word.append(byte, at: offsets[index]) }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
        hasBegun = true
      } else if Bytes.isSpace(byte) {
        if hasBegun { words.append(word) }
        (word, hasBegun) = (PlacedText(), false)
      } else {
        word.append(byte, at: offsets[index])
        hasBegun = true
      }
      index += 1
    }
    if hasBegun { words.append(word) }
    return words
  }
}

enum Bytes {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Letters, digits and `_`, as in names of variables.
  static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// The length of the variable's name that `text` begins with, if `=` or `+=` follows it.
  static func assignedName(_ text: ArraySlice<UInt8>) -> Int? {
    guard let first = text.first, isName(first), !isDigit(first) else { return nil }
    let name = text.prefix { isName($0) }
    let rest = text[name.endIndex...]
    return rest.first == UInt8(ascii: "=") || rest.starts(with: [UInt8(ascii: "+"), UInt8(ascii: "=")])
      ? name.count : nil
  }
}
