import Expressions
import Syntax
import Templates
import Vocabulary

/// `json`: values at paths of the line (or of an extracted text) become extracted values.
///
/// Of JMESPath it reads names, quoted names, dots and indices; the rest of that language is refused and not guessed at.
final class JSONStage: EntryStage {
  let place: StagePlace
  private let paths: [(name: String, path: [Step])]
  private let source: String?
  private let dropsMalformed: Bool

  enum Step: Hashable, ExpressibleByStringLiteral {
    case name(String)
    case index(Int)

    init(stringLiteral: String) { self = .name(stringLiteral) }
  }

  init(_ reading: StageReading) throws(Fault) {
    place = reading.place
    let fields = try reading.fields(["expressions", "source", "drop_malformed"])
    source = try fields.source()
    dropsMalformed = try fields.bool("drop_malformed")
    guard let value = fields["expressions"] else { throw reading.fault("stage json needs 'expressions'") }
    var paths: [(name: String, path: [Step])] = []
    for (name, source) in try StageReading.pairs(value, path: reading.path, legacyNames: false) {
      do {
        paths.append((name, try Self.path(source)))
      } catch {
        let entry = value.mapping?.first { $0.key.string == name }
        throw Fields.fault(
          "not a path that is evaluated, at its byte \(error.offset): \(error.problem)", at: entry?.value ?? value,
          path: reading.path, remedy: error.remedy)
      }
    }
    self.paths = paths
  }

  init(place: StagePlace, paths: [String: [Step]]) {
    self.place = place
    self.paths = paths.map { ($0.key, $0.value) }
    source = nil
    dropsMalformed = false
  }

  func apply(to entry: inout PipelineEntry) -> DropReason? {
    guard let text = entry.input(source) else { return nil }
    guard let root = try? JSONDocument.parse(GoText.repaired(text)), root.mapping != nil || root.style == .null else {
      // Promtail loses the entry without counting it.
      return dropsMalformed ? .lost("malformed JSON") : nil
    }
    for (name, path) in paths { entry.extracted[name] = Self.value(at: path, in: root) }
    return nil
  }

  private static func value(at path: [Step], in root: PositionedValue) -> Extracted {
    var value = root
    for step in path {
      switch step {
      case .name(let name):
        // Of a key that is repeated Go keeps the last.
        guard let next = value.mapping?.last(where: { $0.key.string == name })?.value else { return .null }
        value = next
      case .index(let index):
        guard let elements = value.array else { return .null }
        let place = index < 0 ? elements.count + index : index
        guard elements.indices.contains(place) else { return .null }
        value = elements[place]
      }
    }
    switch value.content {
    case .scalar(_, .null): return .null
    case .scalar(let text, .bool): return .bool(text == "true")
    case .scalar(let text, .number): return Double(text).map(Extracted.number) ?? .null
    case .scalar(let text, _): return Extracted(text)
    case .sequence, .mapping: return .bytes(encoded(value))
    }
  }

  /// As `encoding/json` writes it: keys sorted, no spaces.
  private static func encoded(_ value: PositionedValue) -> [UInt8] {
    switch value.content {
    case .scalar(_, .null): return Array("null".utf8)
    case .scalar(let text, .bool): return Array(text.utf8)
    case .scalar(let text, .number): return Array((Double(text).map(GoNumber.text) ?? text).utf8)
    case .scalar(let text, _): return GoJSON.string(Array(text.utf8))
    case .sequence(let elements):
      return [UInt8(ascii: "[")] + elements.map(encoded).joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    case .mapping(let entries):
      let last = Dictionary(entries.map { ($0.key.string ?? "", $0.value) }) { $1 }
      let pairs = last.sorted { $0.key < $1.key }.map {
        GoJSON.string(Array($0.key.utf8)) + [UInt8(ascii: ":")] + encoded($0.value)
      }
      return [UInt8(ascii: "{")] + pairs.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")]
    }
  }

  private static func path(_ source: String) throws(ExpressionError) -> [Step] {
    let bytes = Array(source.utf8)
    var steps: [Step] = []
    var index = 0
    let foreign = "only names, quoted names, dots and [n] are evaluated here"
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "["), let close = bytes[index...].firstIndex(of: UInt8(ascii: "]")),
        let number = Int(String(decoding: bytes[(index + 1)..<close], as: UTF8.self))
      {
        steps.append(.index(number))
        index = close + 1
        continue
      }
      if !steps.isEmpty {
        guard bytes[index] == UInt8(ascii: ".") else {
          throw ExpressionError("a part of JMESPath", at: index, remedy: foreign)
        }
        index += 1
      }
      let start = index
      if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
        guard let (name, end) = try? GoString.read(bytes, at: start, as: .go) else {
          throw ExpressionError("a name's quote is not closed", at: start)
        }
        steps.append(.name(String(decoding: name, as: UTF8.self)))
        index = end
        continue
      }
      while index < bytes.count, LabelName.isLegacy("_" + String(Unicode.Scalar(bytes[index]))) { index += 1 }
      let name = String(decoding: bytes[start..<index], as: UTF8.self)
      guard LabelName.isLegacy(name) else { throw ExpressionError("a part of JMESPath", at: start, remedy: foreign) }
      steps.append(.name(name))
    }
    return steps
  }
}
