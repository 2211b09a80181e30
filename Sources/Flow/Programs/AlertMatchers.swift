import Syntax

/// Alertmanager's matchers as a text: `severity="critical", team=~"a|b"`, with or without braces; values with or without quotes.
///
/// Source: alertmanager/pkg/labels/parse.go (0.25), which later versions fall back to.
enum AlertMatchers {
  /// - Returns: nil where the text holds no matchers, or something else besides.
  static func parse(_ text: String) -> [LabelMatcher]? {
    var bytes = Array(text.utf8)[...]
    skipSpaces(&bytes)
    if bytes.first == UInt8(ascii: "{") {
      bytes.removeFirst()
      while bytes.last.map(isSpace) == true { bytes.removeLast() }
      guard bytes.popLast() == UInt8(ascii: "}") else { return nil }
    }
    var matchers: [LabelMatcher] = []
    while true {
      skipSpaces(&bytes)
      guard !bytes.isEmpty else { return matchers }
      guard let matcher = matcher(&bytes) else { return nil }
      matchers.append(matcher)
      skipSpaces(&bytes)
      guard bytes.isEmpty || bytes.popFirst() == UInt8(ascii: ",") else { return nil }
    }
  }

  private static func matcher(_ bytes: inout ArraySlice<UInt8>) -> LabelMatcher? {
    let name = bytes.prefix { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: ":") || byte >= 0x80
    }
    guard !name.isEmpty else { return nil }
    bytes = bytes.dropFirst(name.count)
    skipSpaces(&bytes)
    // The longer ones first: `=~` begins as `=` does.
    let operators: [LabelMatcher.Operator] = [.matches, .matchesNot, .notEqual, .equal]
    guard let op = operators.first(where: { bytes.starts(with: $0.rawValue.utf8) }) else { return nil }
    bytes = bytes.dropFirst(op.rawValue.utf8.count)
    skipSpaces(&bytes)
    guard let value = value(&bytes) else { return nil }
    return LabelMatcher(name: String(decoding: name, as: UTF8.self), op: op, value: value)
  }

  /// Of the escapes only `\"`, `\\` and `\n` mean something else than they say.
  private static func value(_ bytes: inout ArraySlice<UInt8>) -> String? {
    var out: [UInt8] = []
    let isQuoted = bytes.first == UInt8(ascii: "\"")
    if isQuoted { bytes.removeFirst() }
    while let byte = bytes.first {
      if isQuoted, byte == UInt8(ascii: "\"") {
        bytes.removeFirst()
        return String(decoding: out, as: UTF8.self)
      }
      if !isQuoted, byte == UInt8(ascii: ",") { break }
      if !isQuoted, byte == UInt8(ascii: "\"") { return nil }
      bytes.removeFirst()
      if byte == UInt8(ascii: "\\"), let next = bytes.first {
        bytes.removeFirst()
        switch next {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(next)
        default: out += [byte, next]
        }
      } else {
        out.append(byte)
      }
    }
    while out.last.map(isSpace) == true { out.removeLast() }
    return isQuoted ? nil : String(decoding: out, as: UTF8.self)
  }

  private static func skipSpaces(_ bytes: inout ArraySlice<UInt8>) { bytes = bytes.drop(while: isSpace) }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
