/// A configuration in the INI dialect of Go's gopkg.in/ini.v1 with its default options, as Grafana loads its own.
///
/// Lines are `key = value` or `key: value` below `[section]`; `#` and `;` begin comments, also behind a value; a value stands as it
/// is between backquotes or three double quotes, over several lines too; a backslash at the end joins the next line.
///
/// Source: gopkg.in/ini.v1 parser.go (`readKeyName`, `readValue`); grafana/grafana pkg/setting/setting.go (`ini.Load`).
public enum INIDocument {
  /// The section of what stands before the first one.
  public static let defaultSection = "DEFAULT"

  /// Any bytes as sections of keys of texts, each with its place: of a section that stands twice the keys are put together, of a key
  /// the last value counts. A line that is none of these, for which the program refuses the file, is passed over.
  public static func parse(_ bytes: [UInt8]) -> PositionedValue {
    bytes.withUnsafeBytes { raw in
      var reader = INIReader(raw)
      return reader.read()
    }
  }
}

private struct INIReader {
  private struct Section {
    var name: PositionedValue
    var entries: [PositionedValue.Entry] = []
    var indices: [String: Int] = [:]
  }

  private let bytes: UnsafeRawBufferPointer
  private var counter = PositionCounter()
  private var sections: [Section] = []
  private var indices: [String: Int] = [:]
  private var current = 0
  /// Where the next line begins.
  private var next = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
  }

  mutating func read() -> PositionedValue {
    open(INIDocument.defaultSection, at: 0)
    while next < bytes.count {
      let line = trimmed(takeLine())
      guard let first = line.first.map({ bytes[$0] }), !Self.beginsComment(first) else { continue }
      if first == UInt8(ascii: "[") {
        guard let end = line.last(where: { bytes[$0] == UInt8(ascii: "]") }) else { continue }
        open(string(line.lowerBound + 1..<end), at: line.lowerBound)
      } else if let key = key(of: line) {
        set(key.name, at: line.lowerBound, from: trimmed(key.end..<line.upperBound))
      }
    }
    let entries = sections.filter { !$0.entries.isEmpty }.map { section in
      PositionedValue.Entry(
        key: section.name,
        value: PositionedValue(
          .mapping(section.entries), line: section.name.line, column: section.name.column,
          offset: section.name.offset))
    }
    return PositionedValue(.mapping(entries), line: 1, column: 1, offset: 0)
  }

  // MARK: Lines

  private mutating func takeLine() -> Range<Int> {
    let start = next
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    next = min(end + 1, bytes.count)
    return start..<end
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    guard let start = range.first(where: { bytes[$0] > 0x20 }), let end = range.last(where: { bytes[$0] > 0x20 }) else {
      return range.upperBound..<range.upperBound
    }
    return start..<end + 1
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private static func beginsComment(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") }

  private func quote(at start: Int, before end: Int) -> [UInt8]? {
    let triple = [UInt8](repeating: UInt8(ascii: "\""), count: 3)
    if bytes[start..<end].starts(with: triple) { return triple }
    return bytes[start] == UInt8(ascii: "`") ? [UInt8(ascii: "`")] : nil
  }

  // MARK: Keys

  /// The name, and where what follows its delimiter begins.
  private func key(of line: Range<Int>) -> (name: String, end: Int)? {
    var mark = quote(at: line.lowerBound, before: line.upperBound)
    if mark == nil, bytes[line.lowerBound] == UInt8(ascii: "\"") { mark = [UInt8(ascii: "\"")] }
    var name = line
    if let mark {
      let start = line.lowerBound + mark.count
      guard let end = place(of: mark, in: start..<line.upperBound) else { return nil }
      name = start..<end
    }
    let delimiters = (mark == nil ? line.lowerBound : name.upperBound)..<line.upperBound
    guard let delimiter = delimiters.first(where: { bytes[$0] == UInt8(ascii: "=") || bytes[$0] == UInt8(ascii: ":") })
    else { return nil }
    if mark == nil { name = line.lowerBound..<delimiter }
    return (string(trimmed(name)), delimiter + 1)
  }

  private func place(of mark: [UInt8], in range: Range<Int>, last: Bool = false) -> Int? {
    guard range.count >= mark.count else { return nil }
    let starts = range.lowerBound...range.upperBound - mark.count
    func isHere(_ start: Int) -> Bool { bytes[start..<start + mark.count].elementsEqual(mark) }
    return last ? starts.last(where: isHere) : starts.first(where: isHere)
  }

  // MARK: Values

  private mutating func set(_ key: String, at offset: Int, from range: Range<Int>) {
    let value = value(range)
    let entry = PositionedValue.Entry(
      key: placed(key, .plain, at: offset),
      value: placed(value.text, value.isQuoted ? .doubleQuoted : .plain, at: range.lowerBound))
    if let index = sections[current].indices[key] {
      sections[current].entries[index] = entry
    } else {
      sections[current].indices[key] = sections[current].entries.count
      sections[current].entries.append(entry)
    }
  }

  private mutating func value(_ range: Range<Int>) -> (text: String, isQuoted: Bool) {
    guard !range.isEmpty else { return ("", false) }
    if let mark = quote(at: range.lowerBound, before: range.upperBound) { return (quoted(range, by: mark), true) }
    if bytes[range.upperBound - 1] == UInt8(ascii: "\\") { return (continued(range), false) }
    let comment = range.first { Self.beginsComment(bytes[$0]) }
    let bare = trimmed(range.lowerBound..<(comment ?? range.upperBound))
    for mark in [UInt8(ascii: "'"), UInt8(ascii: "\"")] where bare.count > 1 && bytes[bare.lowerBound] == mark {
      let inner = bare.lowerBound + 1..<bare.upperBound - 1
      if bytes[bare.upperBound - 1] == mark, !bytes[inner].contains(mark) { return (string(inner), true) }
    }
    return (string(bare), false)
  }

  /// Up to the last such mark of the line, else of the first later line that has one.
  private mutating func quoted(_ range: Range<Int>, by mark: [UInt8]) -> String {
    let start = range.lowerBound + mark.count
    if let end = place(of: mark, in: start..<range.upperBound, last: true) { return string(start..<end) }
    while next < bytes.count {
      let line = takeLine()
      if let end = place(of: mark, in: line, last: true) { return string(start..<end) }
    }
    return string(start..<bytes.count)
  }

  private mutating func continued(_ range: Range<Int>) -> String {
    var text = string(range.lowerBound..<range.upperBound - 1)
    while next < bytes.count {
      let line = trimmed(takeLine())
      guard !line.isEmpty else { break }
      guard bytes[line.upperBound - 1] == UInt8(ascii: "\\") else { return text + string(line) }
      text += string(line.lowerBound..<line.upperBound - 1)
    }
    return text
  }

  // MARK: What comes of it

  private mutating func open(_ name: String, at offset: Int) {
    if let index = indices[name] {
      current = index
      return
    }
    current = sections.count
    indices[name] = current
    sections.append(Section(name: placed(name, .plain, at: offset)))
  }

  private mutating func placed(_ text: String, _ style: PositionedValue.Style, at offset: Int) -> PositionedValue {
    counter.move(to: offset, in: bytes)
    return PositionedValue(.scalar(text, style), line: counter.line, column: counter.column, offset: offset)
  }
}
