import Syntax
import Vocabulary

/// `logfmt`: values of keys become extracted values. What stands before a mistake in the line counts.
final class LogfmtStage: EntryStage {
  let place: StagePlace
  /// Names to extract to, by key of the line.
  private let names: [String: String]
  private let source: String?

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["mapping", "source"])
    source = try fields.source()
    guard let value = fields["mapping"] else { throw reading.fault("stage logfmt needs 'mapping'") }
    let pairs = try StageReading.pairs(value, path: reading.path, legacyNames: false)
    names = Dictionary(pairs.map { ($0.source, $0.name) }) { $1 }
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    guard let text = entry.input(source) else { return nil }
    var reader = LogfmtReader(bytes: text)
    while let (key, value) = reader.next() {
      if let name = names[String(decoding: key, as: UTF8.self)] { entry.extracted[name] = .bytes(value) }
    }
    return nil
  }
}

/// Pairs of a logfmt text, as github.com/go-logfmt/logfmt reads them; ends at a mistake.
struct LogfmtReader {
  let bytes: [UInt8]
  private var index = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private static let quote = UInt8(ascii: "\"")
  private static let equals = UInt8(ascii: "=")

  mutating func next() -> (key: ArraySlice<UInt8>, value: [UInt8])? {
    while index < bytes.count, bytes[index] <= 32 { index += 1 }
    let start = index
    while index < bytes.count, bytes[index] > 32, bytes[index] != Self.equals {
      if bytes[index] == Self.quote { return nil }
      index += 1
    }
    let key = bytes[start..<index]
    guard !key.isEmpty, String(validating: key, as: UTF8.self) != nil else { return nil }
    guard index < bytes.count, bytes[index] == Self.equals else { return (key, []) }
    index += 1
    guard index < bytes.count, bytes[index] > 32 else { return (key, []) }
    if bytes[index] == Self.quote { return quoted().map { (key, $0) } }
    let begin = index
    while index < bytes.count, bytes[index] > 32 {
      if bytes[index] == Self.quote || bytes[index] == Self.equals { return nil }
      index += 1
    }
    return (key, Array(bytes[begin..<index]))
  }

  /// A value in quotes, with JSON's escapes; it ends with its line.
  private mutating func quoted() -> [UInt8]? {
    let begin = index
    index += 1
    var isEscaped = false
    while index < bytes.count, bytes[index] != 10 {
      let byte = bytes[index]
      index += 1
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == Self.quote {
        let literal = Array(bytes[begin..<index])
        guard literal.contains(UInt8(ascii: "\\")) else { return Array(literal.dropFirst().dropLast()) }
        return (try? JSONDocument.parse(literal))?.string.map { Array($0.utf8) }
      }
    }
    return nil
  }
}
