/// What `| json a="…"` and `| logfmt a="…"` take as the place of a value.
///
/// Source: grafana/loki pkg/logql/log/jsonexpr and pkg/logql/log/logfmt (lexer.go and the grammars), from 2.9 to 3.8.
enum LogQLPath {
  private enum Token: Equatable { case field, string, index, open, close, dot }

  /// `request.headers["User-Agent"][0]`
  static func isJSON(_ text: String) -> Bool {
    guard let tokens = tokens(text, hasIndices: true) else { return false }
    var rest = tokens[...]
    func takeAccess() -> Bool {
      guard rest.count >= 3, rest.first == .open else { return false }
      let inner = rest[rest.startIndex + 1]
      guard inner == .string || inner == .index, rest[rest.startIndex + 2] == .close else { return false }
      rest = rest.dropFirst(3)
      return true
    }
    if rest.first == .field { rest = rest.dropFirst() } else if !takeAccess() { return false }
    while !rest.isEmpty {
      if rest.starts(with: [.dot, .field]) { rest = rest.dropFirst(2) } else if !takeAccess() { return false }
    }
    return true
  }

  /// A key, or quoted keys.
  static func isLogfmt(_ text: String) -> Bool {
    guard let tokens = tokens(text, hasIndices: false), !tokens.isEmpty else { return false }
    return tokens.dropFirst().allSatisfy { $0 == .string }
  }

  private static func tokens(_ text: String, hasIndices: Bool) -> [Token]? {
    var tokens: [Token] = []
    let bytes = Array(text.utf8)
    var index = 0
    func isLetter(_ byte: UInt8) -> Bool {
      ("a"..."z").contains(Unicode.Scalar(byte | 0x20)) || byte == UInt8(ascii: "_")
    }
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    while index < bytes.count {
      let byte = bytes[index]
      let start = index
      index += 1
      switch byte {
      case 9, 10, 32: continue
      case UInt8(ascii: "[") where hasIndices: tokens.append(.open)
      case UInt8(ascii: "]") where hasIndices: tokens.append(.close)
      case UInt8(ascii: ".") where hasIndices: tokens.append(.dot)
      case UInt8(ascii: "\""):
        // A bracket ends it too, and goes with it.
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "]") { index += 1 }
        index += 1
        tokens.append(.string)
      case _ where isLetter(byte):
        while index < bytes.count, isLetter(bytes[index]) || isDigit(bytes[index]) { index += 1 }
        tokens.append(.field)
      case _ where isDigit(byte) && hasIndices:
        while index < bytes.count, isDigit(bytes[index]) { index += 1 }
        guard index < bytes.count, [9, 10, 32, UInt8(ascii: "]")].contains(bytes[index]),
          Int(String(decoding: bytes[start..<index], as: UTF8.self)) != nil
        else { return nil }
        tokens.append(.index)
      default: return nil
      }
    }
    return tokens
  }
}
