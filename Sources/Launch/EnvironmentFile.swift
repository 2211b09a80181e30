/// Files of `NAME=value` lines, as systemd's `EnvironmentFile=`, Docker's `--env-file` and Compose's `env_file` read them, or as a
/// script sources them.
public enum EnvironmentFile {
  /// Every line that is neither empty nor a comment sets a variable, and one does.
  public static func isOne(_ text: PlacedText) -> Bool {
    var count = 0
    for line in lines(of: text) {
      // What follows a value is a command, which is started with the variable set.
      guard assignment(in: line) != nil, isWhole(line) else { return false }
      count += 1
    }
    return count > 0
  }

  /// Nothing but a comment follows the value.
  private static func isWhole(_ line: PlacedText) -> Bool {
    let equals = line.bytes.firstIndex(of: UInt8(ascii: "=")) ?? 0
    let value = line.bytes[(equals + 1)...].drop(while: Bytes.isSpace)
    guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let rest = value.drop { !Bytes.isSpace($0) }.drop(while: Bytes.isSpace)
      return rest.isEmpty || rest.first == UInt8(ascii: "#")
    }
    let rest = value.dropFirst().drop { $0 != quote }.dropFirst().drop(while: Bytes.isSpace)
    return rest.isEmpty || rest.first == UInt8(ascii: "#")
  }

  public static func assignments(in text: PlacedText) -> [Assignment] { lines(of: text).compactMap(assignment(in:)) }

  /// Lines that are neither empty nor a comment, without the white space around them.
  private static func lines(of text: PlacedText) -> [PlacedText] {
    var lines: [PlacedText] = []
    for line in text.lines() {
      let line = line.trimmed()
      if line.isEmpty || line.bytes[0] == UInt8(ascii: "#") || line.bytes[0] == UInt8(ascii: ";") { continue }
      lines.append(line)
    }
    return lines
  }

  private static func assignment(in line: PlacedText) -> Assignment? {
    var line = line
    if line.bytes.starts(with: "export ".utf8) { line = line[7..<line.bytes.count].trimmed() }
    guard let name = Bytes.assignedName(line.bytes[...]), line.bytes[name] == UInt8(ascii: "=") else { return nil }
    return Assignment(
      name: line[0..<name].string, value: value(line[name + 1..<line.bytes.count].trimmed()), offset: line.offsets[0])
  }

  /// Without its quotes; a `$` makes it unknown, since readers of such files differ about it.
  private static func value(_ text: PlacedText) -> PlacedText {
    guard let quote = text.bytes.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let end = text.bytes.dropFirst().firstIndex(of: quote)
    else {
      let isComment = text.bytes.indices.first { index in
        index > 0 && text.bytes[index] == UInt8(ascii: "#") && Bytes.isSpace(text.bytes[index - 1])
      }
      return unresolved(text[0..<(isComment ?? text.bytes.count)].trimmed())
    }
    let inner = text[1..<end]
    return quote == UInt8(ascii: "'") ? inner : unresolved(inner)
  }

  private static func unresolved(_ text: PlacedText) -> PlacedText {
    guard let dollar = text.bytes.firstIndex(of: UInt8(ascii: "$")) else { return text }
    return PlacedText(bytes: [PlacedText.unknown], offsets: [text.offsets[dollar]])
  }
}

extension PlacedText {
  func lines() -> [PlacedText] {
    var lines: [PlacedText] = []
    var start = 0
    for index in bytes.indices where bytes[index] == 0x0A {
      lines.append(self[start..<index])
      start = index + 1
    }
    if start < bytes.count { lines.append(self[start..<bytes.count]) }
    return lines
  }

  func trimmed() -> PlacedText {
    let start = bytes.firstIndex { !Bytes.isSpace($0) } ?? bytes.count
    let end = bytes.lastIndex { !Bytes.isSpace($0) }.map { $0 + 1 } ?? start
    return self[start..<end]
  }
}
