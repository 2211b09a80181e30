import Syntax
import Vocabulary

/// Looks into a JSON object for the name that its specimens are to be reported under, before they are read: keys come in
/// any order.
struct OwnerScan: JSONVisitor {
  private let bytes: UnsafeRawBufferPointer
  private let labelDepth: Int
  private var depth = 0
  /// Key of the object at depth 2, and of the value that comes next.
  private var section = ""
  private var key = ""
  private var labels: [(name: String, value: String)] = []

  private init(_ bytes: UnsafeRawBufferPointer, labelDepth: Int) {
    self.bytes = bytes
    self.labelDepth = labelDepth
  }

  /// What a series or a stream is called, and its labels.
  struct Owner {
    var kind: OwnerKind
    var text: String
    var labels: [String: String]

    fileprivate init(_ kind: OwnerKind, _ text: String, _ labels: [(name: String, value: String)]) {
      self.kind = kind
      self.text = text
      self.labels = Dictionary(labels.map { ($0.name, $0.value) }) { first, _ in first }
    }
  }

  /// A stream object by its selector, `{a="b", c="d"}`, from its `stream` or `metric`.
  static func stream(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Fault) -> Owner {
    let labels = try scan(bytes, at: offset, labelDepth: 2)
    return Owner(.stream, selector(labels), labels)
  }

  /// A label set by its metric name, or, where it has none, by its selector: it is a log stream then.
  static func series(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Fault) -> Owner {
    let labels = try scan(bytes, at: offset, labelDepth: 1)
    if let name = labels.first(where: { $0.name == "__name__" }) { return Owner(.family, name.value, labels) }
    return Owner(.stream, selector(labels), labels)
  }

  private static func selector(_ labels: [(name: String, value: String)]) -> String {
    "{\(labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ", "))}"
  }

  private static func scan(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, labelDepth: Int
  ) throws(Fault) -> [(name: String, value: String)] {
    var visitor = OwnerScan(bytes, labelDepth: labelDepth)
    var scanner = JSONScanner(bytes, range: offset..<bytes.count)
    try scanner.scanValue(&visitor)
    return visitor.labels
  }

  mutating func beginObject(at offset: Int) {
    depth += 1
    if depth == 2 { section = key }
  }

  mutating func endObject(at end: Int) { depth -= 1 }
  mutating func beginArray(at offset: Int) { depth += 1 }
  mutating func endArray(at end: Int) { depth -= 1 }

  mutating func key(_ range: Range<Int>, isEscaped: Bool) {
    if depth <= labelDepth { key = JSONText.string(bytes, range, isEscaped: isEscaped) }
  }

  mutating func string(_ range: Range<Int>, isEscaped: Bool) {
    guard depth == labelDepth, depth == 1 || section == "stream" || section == "metric" else { return }
    labels.append((key, JSONText.string(bytes, range, isEscaped: isEscaped)))
  }
}
