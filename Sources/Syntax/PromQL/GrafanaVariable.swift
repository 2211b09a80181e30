/// Grafana's variables in a text: `$name`, `${name}`, `${name.field:format}`, `[[name]]`, `[[name:format]]`.
///
/// Source: grafana/public/app/features/variables/utils.ts (`variableRegex`).
public enum GrafanaVariable {
  /// In braces; so that a text full of openings is read in time.
  private static let maximumLength = 256

  /// - Returns: the offset behind the variable that starts there; nil where none does.
  static func end(in bytes: [UInt8], at start: Int) -> Int? {
    func afterWord(_ from: Int) -> Int? {
      // A group of a regular expression is written with a digit.
      guard from < bytes.count, ASCII.isLetter(bytes[from]) else { return nil }
      var index = from
      while index < bytes.count, ASCII.isLetter(bytes[index]) || ASCII.isDigit(bytes[index]) { index += 1 }
      return index
    }
    func byte(_ offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }
    switch (byte(start), byte(start + 1)) {
    case (UInt8(ascii: "$"), UInt8(ascii: "{")):
      guard var index = afterWord(start + 2) else { return nil }
      if byte(index) != UInt8(ascii: "}") {
        guard byte(index) == UInt8(ascii: ".") || byte(index) == UInt8(ascii: ":") else { return nil }
        let last = start + maximumLength
        while index < last, let byte = byte(index), byte != UInt8(ascii: "}") { index += 1 }
      }
      return byte(index) == UInt8(ascii: "}") ? index + 1 : nil
    case (UInt8(ascii: "$"), _): return afterWord(start + 1)
    case (UInt8(ascii: "["), UInt8(ascii: "[")):
      guard var index = afterWord(start + 2) else { return nil }
      if byte(index) == UInt8(ascii: ":") {
        guard let end = afterWord(index + 1) else { return nil }
        index = end
      }
      return byte(index) == UInt8(ascii: "]") && byte(index + 1) == UInt8(ascii: "]") ? index + 2 : nil
    default: return nil
    }
  }

  /// Whether one stands anywhere in the text.
  public static func occurs(in text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.contains { bytes[$0] == 0x24 || bytes[$0] == 0x5B ? end(in: bytes, at: $0) != nil : false }
  }

  /// Whether the text is letters, digits, colons and at least one variable, and nothing else.
  static func isTemplate(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    var index = 0
    var hasVariable = false
    while index < bytes.count {
      if let end = end(in: bytes, at: index) {
        (index, hasVariable) = (end, true)
      } else if ASCII.isLetter(bytes[index]) || ASCII.isDigit(bytes[index]) || bytes[index] == UInt8(ascii: ":") {
        index += 1
      } else {
        return false
      }
    }
    return hasVariable
  }
}

extension PromQLScanner {
  /// Letters and digits with at least one variable among them; nothing is read where there is none.
  mutating func template() -> PromQLToken? {
    let start = index
    let isNumber = ASCII.isDigit(bytes[start])
    var end = start
    var hasVariable = false
    while end < bytes.count {
      if let next = GrafanaVariable.end(in: bytes, at: end) {
        (end, hasVariable) = (next, true)
      } else if ASCII.isLetter(bytes[end]) || ASCII.isDigit(bytes[end]) || isNumber && bytes[end] == UInt8(ascii: ".")
        || bytes[end] == UInt8(ascii: ":") && !isInBrackets && !isInBraces
      {
        end += 1
      } else {
        break
      }
    }
    guard hasVariable else { return nil }
    index = end
    awaitsDuration = false
    return PromQLToken(kind: .template, range: start..<end)
  }
}

extension GrafanaVariable {
  /// The text with each variable replaced; `value` gets its name (`$job`, `${job:regex}` and `[[job]]` name `job`).
  public static func replaced(in text: String, by value: (String) -> String) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard let end = end(in: bytes, at: index) else {
        out.append(bytes[index])
        index += 1
        continue
      }
      let name = bytes[index..<end].drop { !ASCII.isLetter($0) }.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) }
      out += Array(value(String(decoding: name, as: UTF8.self)).utf8)
      index = end
    }
    return String(decoding: out, as: UTF8.self)
  }
}
