public import Vocabulary

/// JSON as positioned values.
public enum JSONDocument {
  /// A tree takes up to some hundred bytes for each byte of source; larger texts are read with `JSONScanner`.
  public static let maximumBytes = 16 << 20

  /// Parses one JSON text of at most 16 MB, strictly (RFC 8259); repeated keys are kept.
  ///
  /// - Throws: `usage` with line and column where the text is not JSON; `incomplete` beyond depth 512 or 16 MB.
  public static func parse(_ bytes: UnsafeRawBufferPointer, path: String? = nil) throws(Fault) -> PositionedValue {
    guard bytes.count <= maximumBytes else {
      throw Fault(
        .incomplete, "JSON larger than \(maximumBytes >> 20) MB is not read as a tree", at: Location(path: path),
        remedy: "split the file")
    }
    var builder = JSONTreeBuilder(bytes)
    var scanner = JSONScanner(bytes, path: path)
    try scanner.scan(&builder)
    return builder.root
  }

  public static func parse(_ bytes: [UInt8], path: String? = nil) throws(Fault) -> PositionedValue {
    try unwrapping { try bytes.withUnsafeBytes { raw in try parse(raw, path: path) } }
  }
}

private struct JSONTreeBuilder: JSONVisitor {
  private struct Open {
    var place: PositionCounter
    var isObject: Bool
    var elements: [PositionedValue] = []
    var entries: [PositionedValue.Entry] = []
    var key: PositionedValue?
  }

  private let bytes: UnsafeRawBufferPointer
  private var counter = PositionCounter()
  private var open: [Open] = []
  private(set) var root = PositionedValue(.scalar("", .null), line: 1, column: 1, offset: 0)

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func beginObject(at offset: Int) { begin(at: offset, isObject: true) }
  mutating func beginArray(at offset: Int) { begin(at: offset, isObject: false) }

  mutating func endObject(at end: Int) {
    let level = open.removeLast()
    add(value(.mapping(level.entries), level.place))
  }

  mutating func endArray(at end: Int) {
    let level = open.removeLast()
    add(value(.sequence(level.elements), level.place))
  }

  mutating func key(_ range: Range<Int>, isEscaped: Bool) {
    counter.move(to: range.lowerBound - 1, in: bytes)
    open[open.count - 1].key = value(
      .scalar(JSONText.string(bytes, range, isEscaped: isEscaped), .string), counter)
  }

  mutating func string(_ range: Range<Int>, isEscaped: Bool) {
    counter.move(to: range.lowerBound - 1, in: bytes)
    add(value(.scalar(JSONText.string(bytes, range, isEscaped: isEscaped), .string), counter))
  }

  mutating func number(_ range: Range<Int>) { plain(range, .number) }

  mutating func word(_ range: Range<Int>) { plain(range, bytes[range.lowerBound] == UInt8(ascii: "n") ? .null : .bool) }

  private mutating func plain(_ range: Range<Int>, _ style: PositionedValue.Style) {
    counter.move(to: range.lowerBound, in: bytes)
    add(value(.scalar(String(decoding: bytes[range], as: UTF8.self), style), counter))
  }

  private mutating func begin(at offset: Int, isObject: Bool) {
    counter.move(to: offset, in: bytes)
    open.append(Open(place: counter, isObject: isObject))
  }

  private func value(_ content: PositionedValue.Content, _ place: PositionCounter) -> PositionedValue {
    PositionedValue(content, line: place.line, column: place.column, offset: place.offset)
  }

  private mutating func add(_ value: PositionedValue) {
    guard let last = open.indices.last else {
      root = value
      return
    }
    if open[last].isObject {
      if let key = open[last].key { open[last].entries.append(.init(key: key, value: value)) }
      open[last].key = nil
    } else {
      open[last].elements.append(value)
    }
  }
}
