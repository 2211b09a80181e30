import Syntax
import Vocabulary

/// Lines that something else has put into a form of its own. The form itself is closed: whatever else stands in it is unclaimed.
extension ContractMatcher {
  /// Longest wrapped line that is looked into, in bytes.
  private static let maximumWrapped = 1 << 20

  /// What became of a line that is wrapped.
  struct Wrapped {
    var breach: Breach?
  }

  /// - Returns: nil for what is no wrapped line.
  mutating func wrapped(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Wrapped? {
    guard let first = range.first, range.count <= Self.maximumWrapped else { return nil }
    if bytes[first] == UInt8(ascii: "{") { return object(bytes, range) }
    return ByteClass.digit.contains(bytes[first]) ? runtime(bytes, range) : nil
  }

  /// A line of a container runtime: time, stream, `F` for a whole line or `P` for a part of one, the line.
  ///
  /// Source: Promtail's stage `cri`. Parts are unclaimed: what they are parts of is not known here.
  private mutating func runtime(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Wrapped? {
    var scanner = ByteScanner(bytes, range.lowerBound, range.upperBound)
    guard scanner.timestamp(), scanner.skip(" stdout F ") || scanner.skip(" stderr F ") else { return nil }
    return Wrapped(breach: bareLine(bytes, scanner.index..<range.upperBound))
  }

  /// A line in JSON: Docker's (`log`, `stream`, `time`), in which the source's own may stand, or the source's own.
  ///
  /// Source: Promtail's stage `docker`.
  private mutating func object(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Wrapped? {
    guard let fields = EntryFields.read(bytes, range) else { return nil }
    if let log = fields.text("log") {
      guard fields.values.count == 3, let time = fields.text("time"),
        fields.text("stream").map({ ["stdout", "stderr"].contains($0) }) == true, Self.isTime(time)
      else {
        return Wrapped(
          breach: Breach(.line, "of a line that Docker has wrapped, only log, stream and time are claimed"))
      }
      let line = Array(log.utf8.last == 0x0A ? log.utf8.dropLast() : log.utf8[...])
      return line.withUnsafeBytes { raw in
        let breach = bareLine(raw, 0..<raw.count)
        freeRanges = freeRanges.isEmpty ? [] : [range]
        guard breach != nil, raw.first == UInt8(ascii: "{"), let own = object(raw, 0..<raw.count) else {
          return Wrapped(breach: breach)
        }
        return own
      }
    }
    guard let entries = compiled.contract.json, let line = fields.text(entries.line) else { return nil }
    return Wrapped(breach: own(Array(line.utf8), fields, entries, range))
  }

  private mutating func own(
    _ line: [UInt8], _ fields: EntryFields, _ entries: JSONEntries, _ range: Range<Int>
  ) -> Breach? {
    let breach = line.withUnsafeBytes { bareLine($0, 0..<$0.count) }
    if let breach { return breach }
    for field in fields.values where field.key != entries.line {
      guard let index = compiled.jsonFields[field.key] else {
        return Breach(.line, "the entry has a field that the contract does not state")
      }
      guard let text = field.text, Array(text.utf8).withUnsafeBytes({ wrong($0, index, clause: nil) }) == nil else {
        return Breach(.line, "the entry's field \(compiled.labelClauses[index].name) holds another type of value")
      }
    }
    freeRanges = freeRanges.isEmpty ? [] : [range]
    return nil
  }

  private static func isTime(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBytes { raw in
      var scanner = ByteScanner(raw, 0, raw.count)
      return scanner.timestamp() && scanner.isAtEnd
    }
  }
}

/// The fields of a flat JSON object. A field that is no text has none.
private struct EntryFields: JSONVisitor {
  struct Field {
    var key: String
    var text: String?
  }

  private static let maximum = 64

  private(set) var values: [Field] = []
  private let bytes: UnsafeRawBufferPointer
  private var depth = 0

  private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// - Returns: nil for what is no object, repeats a key or has too many.
  static func read(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> EntryFields? {
    let text = UnsafeRawBufferPointer(rebasing: bytes[range])
    var fields = EntryFields(text)
    var scanner = JSONScanner(text)
    guard (try? scanner.scan(&fields)) != nil, fields.values.count <= maximum,
      Set(fields.values.map(\.key)).count == fields.values.count
    else { return nil }
    return fields
  }

  func text(_ key: String) -> String? { values.first { $0.key == key }?.text }

  mutating func beginObject(at offset: Int) { depth += 1 }
  mutating func endObject(at end: Int) { depth -= 1 }
  mutating func beginArray(at offset: Int) { depth += 1 }
  mutating func endArray(at end: Int) { depth -= 1 }

  mutating func key(_ range: Range<Int>, isEscaped: Bool) {
    guard depth == 1, values.count <= Self.maximum else { return }
    values.append(Field(key: JSONText.string(bytes, range, isEscaped: isEscaped)))
  }

  mutating func string(_ range: Range<Int>, isEscaped: Bool) {
    guard depth == 1, !values.isEmpty else { return }
    values[values.count - 1].text = JSONText.string(bytes, range, isEscaped: isEscaped)
  }
}
