public import Vocabulary

/// What a pass over JSON meets, in the order of the text. Ranges are byte offsets into it.
///
/// The methods do nothing by default, so that a visitor implements what it needs.
public protocol JSONVisitor {
  mutating func beginObject(at offset: Int) throws(Fault)
  /// - Parameter end: offset just after the closing brace.
  mutating func endObject(at end: Int) throws(Fault)
  mutating func beginArray(at offset: Int) throws(Fault)
  mutating func endArray(at end: Int) throws(Fault)
  /// - Parameters:
  ///   - range: what stands between the quotes.
  ///   - isEscaped: whether it holds a backslash; else its bytes are the text.
  mutating func key(_ range: Range<Int>, isEscaped: Bool) throws(Fault)
  mutating func string(_ range: Range<Int>, isEscaped: Bool) throws(Fault)
  mutating func number(_ range: Range<Int>) throws(Fault)
  /// `true`, `false` or `null`.
  mutating func word(_ range: Range<Int>) throws(Fault)
}

extension JSONVisitor {
  public mutating func beginObject(at offset: Int) throws(Fault) {}
  public mutating func endObject(at end: Int) throws(Fault) {}
  public mutating func beginArray(at offset: Int) throws(Fault) {}
  public mutating func endArray(at end: Int) throws(Fault) {}
  public mutating func key(_ range: Range<Int>, isEscaped: Bool) throws(Fault) {}
  public mutating func string(_ range: Range<Int>, isEscaped: Bool) throws(Fault) {}
  public mutating func number(_ range: Range<Int>) throws(Fault) {}
  public mutating func word(_ range: Range<Int>) throws(Fault) {}
}

/// A strict JSON parser (RFC 8259) over bytes that allocates nothing but a stack of brackets.
///
/// The text must be UTF-8; a byte order mark is skipped; repeated keys are kept; nesting goes to depth 512.
public struct JSONScanner {
  public static let maximumDepth = 512

  private let bytes: UnsafeRawBufferPointer
  private var index: Int
  private let end: Int
  private let path: String?
  /// True for an object, false for an array.
  private var open: [Bool] = []

  /// - Parameters:
  ///   - range: the part of `bytes` that holds one JSON text; offsets handed out are offsets into `bytes`.
  ///   - path: named in errors.
  public init(_ bytes: UnsafeRawBufferPointer, range: Range<Int>? = nil, path: String? = nil) {
    self.bytes = bytes
    index = range?.lowerBound ?? 0
    end = min(range?.upperBound ?? bytes.count, bytes.count)
    self.path = path
  }

  /// Checks one JSON text without looking at what it holds.
  public static func validate(_ bytes: UnsafeRawBufferPointer, path: String? = nil) throws(Fault) {
    var nothing = Nothing()
    var scanner = JSONScanner(bytes, path: path)
    try scanner.scan(&nothing)
  }

  /// Reads one JSON text and nothing after it but white space.
  ///
  /// - Throws: `usage` with line and column where the text is not JSON, `incomplete` where it nests deeper than 512.
  public mutating func scan<Visitor: JSONVisitor>(_ visitor: inout Visitor) throws(Fault) {
    try scanValue(&visitor)
    skipSpace()
    if index < end { throw fault("text after the end of the document") }
  }

  /// Reads one value and returns the offset after it, leaving what follows alone.
  @discardableResult
  public mutating func scanValue<Visitor: JSONVisitor>(_ visitor: inout Visitor) throws(Fault) -> Int {
    if index == 0, end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
    open.removeAll(keepingCapacity: true)
    var expectsValue = true
    repeat {
      skipSpace()
      if expectsValue {
        expectsValue = try value(&visitor)
      } else {
        expectsValue = try afterValue(&visitor)
      }
    } while !open.isEmpty || expectsValue
    return index
  }

  /// Reads what may stand where a value is expected; returns whether another value is expected next.
  private mutating func value<Visitor: JSONVisitor>(_ visitor: inout Visitor) throws(Fault) -> Bool {
    guard index < end else { throw fault("the text ends where a value is expected") }
    switch bytes[index] {
    case UInt8(ascii: "{"):
      try push(true)
      try visitor.beginObject(at: index)
      index += 1
      skipSpace()
      if index < end, bytes[index] == UInt8(ascii: "}") {
        index += 1
        open.removeLast()
        try visitor.endObject(at: index)
        return false
      }
      try key(&visitor)
      return true
    case UInt8(ascii: "["):
      try push(false)
      try visitor.beginArray(at: index)
      index += 1
      skipSpace()
      if index < end, bytes[index] == UInt8(ascii: "]") {
        index += 1
        open.removeLast()
        try visitor.endArray(at: index)
        return false
      }
      return true
    case UInt8(ascii: "\""):
      let (range, isEscaped) = try text()
      try visitor.string(range, isEscaped: isEscaped)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try visitor.number(try numberRange())
    case UInt8(ascii: "t"): try visitor.word(try wordRange("true"))
    case UInt8(ascii: "f"): try visitor.word(try wordRange("false"))
    case UInt8(ascii: "n"): try visitor.word(try wordRange("null"))
    default: throw fault("a value is expected")
    }
    return false
  }

  /// Reads the comma or bracket after a value; returns whether a value is expected next.
  private mutating func afterValue<Visitor: JSONVisitor>(_ visitor: inout Visitor) throws(Fault) -> Bool {
    guard let isObject = open.last else { return false }
    guard index < end else { throw fault("the text ends inside \(isObject ? "an object" : "an array")") }
    switch bytes[index] {
    case UInt8(ascii: ","):
      index += 1
      if isObject {
        skipSpace()
        try key(&visitor)
      }
      return true
    case UInt8(ascii: "}") where isObject:
      index += 1
      open.removeLast()
      try visitor.endObject(at: index)
    case UInt8(ascii: "]") where !isObject:
      index += 1
      open.removeLast()
      try visitor.endArray(at: index)
    default: throw fault("a comma or the end of \(isObject ? "the object" : "the array") is expected")
    }
    return false
  }

  private mutating func key<Visitor: JSONVisitor>(_ visitor: inout Visitor) throws(Fault) {
    guard index < end, bytes[index] == UInt8(ascii: "\"") else { throw fault("a key in double quotes is expected") }
    let (range, isEscaped) = try text()
    try visitor.key(range, isEscaped: isEscaped)
    skipSpace()
    guard index < end, bytes[index] == UInt8(ascii: ":") else { throw fault("a colon is expected") }
    index += 1
  }

  private mutating func push(_ isObject: Bool) throws(Fault) {
    guard open.count < Self.maximumDepth else {
      throw fault("nested deeper than \(Self.maximumDepth)", status: .incomplete)
    }
    open.append(isObject)
  }

  private mutating func skipSpace() {
    while index < end {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
  }

  private mutating func text() throws(Fault) -> (Range<Int>, isEscaped: Bool) {
    let start = index + 1
    var isEscaped = false
    index = start
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return (start..<index - 1, isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        try escape()
      case 0..<0x20: throw fault("a control character inside a string")
      case 0x20..<0x80: index += 1
      default:
        let length = UTF8Check.sequenceLength(bytes, at: index)
        guard length > 0, index + length <= end else { throw fault("not valid UTF-8") }
        index += length
      }
    }
    throw fault("the text ends inside a string")
  }

  private mutating func escape() throws(Fault) {
    guard index + 1 < end else { throw fault("the text ends inside a string") }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 2
    case UInt8(ascii: "u"):
      guard index + 6 <= end, (index + 2..<index + 6).allSatisfy({ Hex.value(bytes[$0]) != nil }) else {
        throw fault("four hexadecimal digits are expected after \\u")
      }
      index += 6
    default: throw fault("an unknown escape inside a string")
    }
  }

  private mutating func numberRange() throws(Fault) -> Range<Int> {
    let start = index
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    if index < end, bytes[index] == UInt8(ascii: "0") {
      index += 1
    } else if digits() == 0 {
      throw fault("a digit is expected")
    }
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index += 1
      if digits() == 0 { throw fault("a digit is expected") }
    }
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < end, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      if digits() == 0 { throw fault("a digit is expected") }
    }
    return start..<index
  }

  private mutating func digits() -> Int {
    let start = index
    while index < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
    return index - start
  }

  private mutating func wordRange(_ word: StaticString) throws(Fault) -> Range<Int> {
    let count = word.utf8CodeUnitCount
    guard index + count <= end, (0..<count).allSatisfy({ bytes[index + $0] == word.utf8Start[$0] }) else {
      throw fault("a value is expected")
    }
    index += count
    return index - count..<index
  }

  private func fault(_ problem: String, status: ExitStatus = .usage) -> Fault {
    var counter = PositionCounter()
    counter.move(to: index, in: bytes)
    return Fault(
      status, "not valid JSON: \(problem)", at: Location(path: path, line: counter.line, column: counter.column))
  }

  private struct Nothing: JSONVisitor {}
}

enum Hex {
  @inline(__always)
  static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
