/// A line that mends something, to be pasted as it stands.
///
/// What it takes over from the file stands in it as names. A line of which one must not be printed is not shown at all, since half a
/// line mends nothing.
public struct PasteLine: Sendable, Hashable {
  public var text: [FlowStep.Word]

  init(_ text: [FlowStep.Word]) { self.text = text }

  /// A member of a JSON object, to stand alone.
  init(member: String, code: String) {
    let value = Self.words(of: code).map { word -> FlowStep.Word in
      guard case .words(let signs) = word else { return word }
      return .words(signs.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))
    }
    text = [.words("\"\(member)\": \"")] + value + ["\""]
  }

  /// An entry of a YAML mapping, in block or in flow.
  init(key: String, code: String) {
    let isPlain =
      code.utf8.first.map(Self.isLetter) == true
      && code.utf8.allSatisfy { Self.isWord($0) && $0 != UInt8(ascii: ":") || " ()<>=.+*/-".utf8.contains($0) }
    let value = Self.words(of: isPlain ? code : code.replacing("'", with: "''"))
    text = [.words("\(key): ")] + (isPlain ? value : ["'"] + value + ["'"])
  }

  /// An entry of a YAML mapping whose value is text of the file's own.
  init(key: String, literal: String) {
    text = [.words("\(key): '")] + Self.words(ofLiteral: literal.replacing("'", with: "''")) + ["'"]
  }

  /// Longest literal that is taken apart.
  private static let maximumLiteral = 64

  /// Names and what stands between them, of code that the file holds. A literal is one name; where it is short, one for each part between the signs of regular
  /// expressions and Grafana's variables.
  private static func words(of code: String) -> [FlowStep.Word] {
    var words: [FlowStep.Word] = []
    var rest = Substring(code)
    func take(_ count: Int) -> String {
      defer { rest = rest.dropFirst(count) }
      return String(rest.prefix(count))
    }
    while let first = rest.first {
      if first == "\"" || first == "`" {
        let literal = String(literal(rest.dropFirst(), endingAt: first))
        words.append(.words(take(1)))
        words += Self.words(ofLiteral: literal)
        rest = rest.dropFirst(literal.count)
        words.append(.words(take(1)))
        continue
      }
      let name = rest.prefix { $0.utf8.allSatisfy(isWord) || !$0.isASCII }
      words.append(name.isEmpty ? .words(take(1)) : .name(take(name.count)))
    }
    return words.filter { $0 != "" }
  }

  /// What stands up to the quote that ends a literal.
  private static func literal(_ text: Substring, endingAt quote: Character) -> Substring {
    var isEscaped = false
    return text.prefix { character in
      if isEscaped || character == "\\" && quote == "\"" {
        isEscaped.toggle()
        return true
      }
      return character != quote
    }
  }

  private static func words(ofLiteral literal: String) -> [FlowStep.Word] {
    guard literal.utf8.count <= maximumLiteral else { return [.name(literal)] }
    var words: [FlowStep.Word] = []
    var name = ""
    for character in literal {
      guard "|()[]{}*+?^$\\".contains(character) else {
        name.append(character)
        continue
      }
      if !name.isEmpty { words.append(.name(name)) }
      name = ""
      words.append(.words(String(character)))
    }
    return name.isEmpty ? words : words + [.name(name)]
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
  }
}

extension PasteLine: ExpressibleByStringLiteral {
  public init(stringLiteral words: String) { self.init([.words(words)]) }
}
