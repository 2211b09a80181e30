/// A YAML or JSON value that knows where it stood in its source.
///
/// Lines and columns count from 1; columns count code points; a line ends at a line feed, as editors and CI logs count.
public struct PositionedValue: Sendable, Hashable {
  /// How a scalar was written.
  public enum Style: Sendable, Hashable {
    /// YAML without quotes.
    case plain
    case singleQuoted
    case doubleQuoted
    /// A YAML block scalar `|`.
    case literal
    /// A YAML block scalar `>`.
    case folded
    /// A JSON string.
    case string
    /// A JSON number.
    case number
    /// JSON `true` or `false`.
    case bool
    /// JSON `null`.
    case null
  }

  public enum Content: Sendable, Hashable {
    /// The text after unescaping, folding and removal of indentation.
    case scalar(String, Style)
    case sequence([PositionedValue])
    /// In the order of the source; JSON may repeat a key.
    case mapping([Entry])
  }

  public struct Entry: Sendable, Hashable {
    public var key: PositionedValue
    public var value: PositionedValue

    public init(key: PositionedValue, value: PositionedValue) {
      self.key = key
      self.value = value
    }
  }

  public var content: Content
  /// Line of the first character (of the opening quote, bracket or block indicator where there is one).
  public var line: Int
  public var column: Int
  /// The same place as byte offset into the source.
  public var offset: Int

  public init(_ content: Content, line: Int, column: Int, offset: Int) {
    self.content = content
    self.line = line
    self.column = column
    self.offset = offset
  }
}

extension PositionedValue {
  /// The text of a scalar of any style; nil for sequences and mappings.
  public var string: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  public var style: Style? {
    if case .scalar(_, let style) = content { style } else { nil }
  }

  public var array: [PositionedValue]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The pairs of a mapping, in the order of the source.
  public var mapping: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value of the first entry with that key, merged ones among them; nil also where this is no mapping.
  public subscript(key: String) -> PositionedValue? {
    mapping?.first { $0.key.string == key }?.value ?? mergedValue(of: key)
  }

  public subscript(index: Int) -> PositionedValue? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// True for JSON `null` and YAML's plain `null`, `~` and nothing at all.
  public var isNull: Bool {
    switch content {
    case .scalar(_, .null): true
    case .scalar(let text, .plain): ["", "~", "null", "Null", "NULL"].contains(text)
    default: false
    }
  }

  /// A boolean as YAML 1.1 readers in Go take it (`true`, `yes`, `on` and their opposites), or JSON's.
  public var bool: Bool? {
    guard case .scalar(let text, let style) = content, style == .plain || style == .bool else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: return nil
    }
  }

  public var int: Int? { isUnquoted ? string.flatMap { Int($0) } : nil }

  public var double: Double? { isUnquoted ? string.flatMap { Double($0) } : nil }

  private var isUnquoted: Bool { style == .plain || style == .number }

  /// Visits this value and everything below it, in the order of the source, each with its JSON pointer (RFC 6901).
  ///
  /// Keys are visited with the pointer of their value and `isKey` set; `isKey` is false for all else.
  public func walk(_ visit: (_ pointer: String, _ value: PositionedValue, _ isKey: Bool) -> Void) {
    walk(from: "", visit)
  }

  private func walk(from pointer: String, _ visit: (String, PositionedValue, Bool) -> Void) {
    visit(pointer, self, false)
    switch content {
    case .scalar: break
    case .sequence(let elements):
      for (index, element) in elements.enumerated() { element.walk(from: "\(pointer)/\(index)", visit) }
    case .mapping(let entries):
      for entry in entries {
        let below = "\(pointer)/\(JSONPointer.escaped(entry.key.string ?? ""))"
        visit(below, entry.key, true)
        entry.value.walk(from: below, visit)
      }
    }
  }
}

/// JSON pointers (RFC 6901).
public enum JSONPointer {
  /// The key that a reference token stands for.
  public static func unescaped(_ token: some StringProtocol) -> String {
    String(token).replacing("~1", with: "/").replacing("~0", with: "~")
  }

  /// A reference token with `~` and `/` escaped.
  public static func escaped(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
    var out = ""
    for character in token.unicodeScalars {
      switch character {
      case "~": out += "~0"
      case "/": out += "~1"
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }
}
