import Syntax
import Vocabulary

/// Reads templates; see `Template` for how they are written.
struct TemplateParser {
  /// Longest template, in bytes, before definitions are put in.
  static let maximumBytes = 4_096
  static let maximumDepth = 8

  /// What the contract's `define` holds.
  var definitions: [String: [[Template.Element]]] = [:]

  func template(_ value: PositionedValue, _ fields: Fields) throws(Fault) -> Template {
    guard let text = value.string, text.utf8.count <= Self.maximumBytes else {
      throw fields.fault("a template is expected: a text of at most \(Self.maximumBytes) bytes", at: value)
    }
    var cursor = Cursor(bytes: Array(text.utf8), value: value, fields: fields)
    let elements = try sequence(&cursor, isOptional: false, depth: 0)
    return Template(text: text, elements: elements, place: fields.place(of: value))
  }

  /// What a template consists of that stands in no file.
  func elements(_ text: String) throws(Fault) -> [Template.Element] {
    let value = PositionedValue(.scalar(text, .doubleQuoted), line: 1, column: 1, offset: 0)
    let fields = try Fields(PositionedValue(.mapping([]), line: 1, column: 1, offset: 0), known: [], path: "template")
    return try template(value, fields).elements
  }

  private struct Cursor {
    let bytes: [UInt8]
    let value: PositionedValue
    let fields: Fields
    var index = 0

    mutating func skip(_ text: String) -> Bool {
      guard bytes[index...].starts(with: text.utf8) else { return false }
      index += text.utf8.count
      return true
    }

    /// An error at the template's place, or inside it where it stands as it was written.
    func fault(_ problem: String, remedy: String? = nil) -> Fault {
      var fault = fields.fault("\(problem) (byte \(index + 1) of the template)", at: value, remedy: remedy)
      if value.style == .plain, let column = fault.place?.column { fault.place?.column = column + index }
      if value.style == .singleQuoted, !bytes.contains(UInt8(ascii: "'")), let column = fault.place?.column {
        fault.place?.column = column + 1 + index
      }
      return fault
    }
  }

  private func sequence(_ cursor: inout Cursor, isOptional: Bool, depth: Int) throws(Fault) -> [Template.Element] {
    guard depth < Self.maximumDepth else { throw cursor.fault("optional parts stand too deep in each other") }
    var elements: [Template.Element] = []
    var literal: [UInt8] = []
    func flush() {
      if !literal.isEmpty { elements.append(.literal(literal)) }
      literal = []
    }
    while cursor.index < cursor.bytes.count {
      if cursor.skip("{{") {
        literal.append(UInt8(ascii: "{"))
      } else if cursor.skip("}}") {
        literal.append(UInt8(ascii: "}"))
      } else if cursor.skip("[[") {
        flush()
        elements.append(.optional(try sequence(&cursor, isOptional: true, depth: depth + 1)))
      } else if isOptional, cursor.skip("]]") {
        flush()
        return elements
      } else if cursor.skip("{") {
        flush()
        elements += try slot(&cursor)
      } else {
        literal.append(cursor.bytes[cursor.index])
        cursor.index += 1
      }
    }
    guard !isOptional else { throw cursor.fault("`]]` is expected", remedy: "`[[…]]` encloses what may be absent.") }
    flush()
    return elements
  }

  private func slot(_ cursor: inout Cursor) throws(Fault) -> [Template.Element] {
    guard let end = cursor.bytes[cursor.index...].firstIndex(of: UInt8(ascii: "}")) else {
      throw cursor.fault("`}` is expected", remedy: "`{{` stands for the brace itself.")
    }
    let text = String(decoding: cursor.bytes[cursor.index..<end], as: UTF8.self)
    if let choices = definitions[text] {
      cursor.index = end + 1
      return choices.count == 1 ? choices[0] : [.choice(choices)]
    }
    guard let kind = SlotKind(written: text) else {
      let known =
        (SlotKind.plain.keys.sorted() + ["enum:a|b", "path:/a|/b", "hex:n", "hex:n-m"])
        + definitions.keys.sorted()
      throw cursor.fault(
        "a type of slot is expected", remedy: "Known here: \(known.map { "{\($0)}" }.joined(separator: " ")).")
    }
    cursor.index = end + 1
    return [.slot(Slot(kind: kind, text: text))]
  }
}

extension SlotKind {
  /// The types that take no arguments, by the name by which templates call them.
  static let plain: [String: SlotKind] = [
    "int": .integer, "grouped": .grouped, "float": .float, "floats": .floats, "percent": .percent,
    "duration": .duration, "timestamp": .timestamp, "time": .time, "month_day": .monthDay, "ip": .ip, "port": .port,
    "status": .status, "request_id": .requestID, "uuid": .uuid, "pci": .pci, "gpu_uuid": .gpuUUID, "mac": .mac,
    "version": .version, "source": .source, "exception": .exception, "device": .device, "name": .name,
    "settings": .settings, "file": .file, "spaces": .spaces, "art": .art, "model": .fleet(.model),
    "weights": .fleet(.weights), "hostname": .fleet(.hostname),
    "gpu": .fleet(.gpu),
  ]

  /// - Parameter written: what stands between the braces.
  init?(written: String) {
    if let plain = Self.plain[written] {
      self = plain
      return
    }
    let parts = written.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "enum":
      let texts = parts[1].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard texts.allSatisfy({ !$0.isEmpty }), Set(texts).count == texts.count else { return nil }
      self = .oneOf(texts)
    case "path":
      let paths = parts[1].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard paths.allSatisfy({ $0.hasPrefix("/") && !$0.contains("?") }), Set(paths).count == paths.count else {
        return nil
      }
      self = .oneOf(paths)
    case "hex":
      let bounds = parts[1].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
      guard (1...2).contains(bounds.count), bounds[0] > 0, let last = bounds.last, (bounds[0]...128).contains(last)
      else {
        return nil
      }
      self = .hex(bounds[0]...last)
    default: return nil
    }
  }
}
