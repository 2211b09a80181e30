import Syntax

/// Small edits on a parsed document, for the copies that real programs are given.
extension PositionedValue {
  static func text(_ text: String) -> PositionedValue { PositionedValue(.scalar(text, .string)) }

  static func list(_ elements: [PositionedValue]) -> PositionedValue { PositionedValue(.sequence(elements)) }

  static func map(_ pairs: KeyValuePairs<String, PositionedValue>) -> PositionedValue {
    PositionedValue(.mapping(pairs.map { Entry(key: .text($0.key), value: $0.value) }))
  }

  private init(_ content: Content) { self.init(content, line: 0, column: 0, offset: 0) }

  var keys: [String] { mapping?.compactMap(\.key.string) ?? [] }

  /// Sets the key of a mapping, in place where it exists, else at the end; anything else becomes a mapping of that key.
  mutating func set(_ key: String, to value: PositionedValue) {
    var entries = mapping ?? []
    if let index = entries.firstIndex(where: { $0.key.string == key }) {
      entries[index].value = value
    } else {
      entries.append(Entry(key: .text(key), value: value))
    }
    content = .mapping(entries)
  }

  /// - Returns: True where the key was there.
  @discardableResult
  mutating func remove(_ key: String) -> Bool {
    guard let entries = mapping, entries.contains(where: { $0.key.string == key }) else { return false }
    content = .mapping(entries.filter { $0.key.string != key })
    return true
  }

  /// Changes the elements of the sequence under a key; nothing where there is none.
  mutating func editEach(_ key: String, _ edit: (inout PositionedValue, Int) -> Void) {
    guard var elements = self[key]?.array else { return }
    for index in elements.indices { edit(&elements[index], index) }
    set(key, to: .list(elements))
  }

  /// The value as YAML in its JSON form, which every YAML reader takes, with plain scalars kept plain so that
  /// numbers, booleans and words such as `yes` mean what they meant.
  var yaml: [UInt8] {
    var out = ""
    write(to: &out)
    return Array((out + "\n").utf8)
  }

  private func write(to out: inout String) {
    switch content {
    case .scalar(let text, let style):
      if isNull {
        out += "null"
      } else if [.plain, .number, .bool].contains(style), Self.isSafeWord(text) {
        out += text
      } else {
        Self.quote(text, to: &out)
      }
    case .sequence(let elements):
      out += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { out += ", " }
        element.write(to: &out)
      }
      out += "]"
    case .mapping(let entries):
      out += "{"
      for (index, entry) in entries.enumerated() {
        if index > 0 { out += ", " }
        Self.quote(entry.key.string ?? "", to: &out)
        out += ": "
        entry.value.write(to: &out)
      }
      out += "}"
    }
  }

  private static func isSafeWord(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"):
        true
      default: false
      }
    } || Double(text) != nil
  }

  static func quote(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      case let other
      where other.value < 0x20 || other.value == 0x7F || (0x80..<0xA0).contains(other.value)
        || other.value == 0x2028 || other.value == 0x2029 || other.value == 0xFEFF:
        let hex = String(other.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
