/// Where the text of a YAML scalar stands in its source, byte by byte.
///
/// The text has lost quotes, escapes, folds and indentation; what is left are segments that stand in the source as they
/// are. Escaped characters belong to no segment and lie at the beginning of their escape.
public struct ScalarSource: Sendable, Hashable {
  struct Segment: Sendable, Hashable {
    /// Offset into the text.
    var text: Int
    /// Offset into the source.
    var source: Int
    var count: Int
  }

  private(set) var segments: [Segment] = []
  /// Offset into the source of the byte after the scalar, closing quote or last line break included.
  public private(set) var end: Int
  /// Spaces that a block scalar has lost at the beginning of each line; 0 for other styles.
  public private(set) var indentation = 0
  private var hasEscapes = false
  private var isLiteral = false

  /// Matches a scalar with the source it was parsed from.
  ///
  /// - Returns: nil where `value` is no scalar or the source can't be followed (never seen in what libyaml accepts, but the
  ///   rules of YAML are many).
  public init?(of value: PositionedValue, in source: UnsafeRawBufferPointer) {
    guard case .scalar(let text, let style) = value.content else { return nil }
    end = Self.afterProperties(source, from: value.offset)
    let bytes = Array(text.utf8)
    isLiteral = style == .literal
    switch style {
    case .plain:
      if bytes.isEmpty || bytes == [UInt8(ascii: "~")] && end >= source.count { return }
      guard matchFlow(bytes, source, quote: nil) else { return nil }
    case .singleQuoted: guard matchFlow(bytes, source, quote: UInt8(ascii: "'")) else { return nil }
    case .doubleQuoted: guard matchFlow(bytes, source, quote: UInt8(ascii: "\"")) else { return nil }
    case .literal, .folded: guard matchBlock(bytes, source, isFolded: style == .folded) else { return nil }
    case .string, .number, .bool, .null: return nil
    }
  }

  /// Offset into the source of the text's first byte.
  public var start: Int? { segments.first?.source }

  /// True where line and column of any byte can be had by counting through the text from `start`, adding `indentation` to
  /// columns behind a line feed: the text stands in the source in one piece, or is a literal block.
  public var isVerbatim: Bool {
    !hasEscapes && (segments.count <= 1 || isLiteral && segments[0].text == 0)
  }

  /// Offset into the source of a byte of the text; nil beyond its end, and for fold spaces that stand nowhere.
  public func sourceOffset(of offset: Int) -> Int? {
    guard let segment = segments.last(where: { $0.text <= offset }) else { return nil }
    return offset < segment.text + segment.count ? segment.source + offset - segment.text : nil
  }

  private mutating func add(_ text: Int, _ source: Int, _ count: Int) {
    if let last = segments.last, last.text + last.count == text, last.source + last.count == source {
      segments[segments.count - 1].count += count
    } else {
      segments.append(Segment(text: text, source: source, count: count))
    }
  }

  /// Skips anchors and tags in front of a value.
  private static func afterProperties(_ source: UnsafeRawBufferPointer, from offset: Int) -> Int {
    var index = offset
    while index < source.count, source[index] == UInt8(ascii: "&") || source[index] == UInt8(ascii: "!") {
      while index < source.count, source[index] > 0x20 { index += 1 }
      index = skipSpace(source, from: index)
      while index < source.count, source[index] == UInt8(ascii: "#") {
        while index < source.count, source[index] != 0x0A { index += 1 }
        index = skipSpace(source, from: index)
      }
    }
    return index
  }

  private static func skipSpace(_ source: UnsafeRawBufferPointer, from offset: Int) -> Int {
    var index = offset
    while index < source.count, [0x20, 0x09, 0x0A, 0x0D].contains(source[index]) { index += 1 }
    return index
  }
}

// MARK: - Plain and quoted scalars

extension ScalarSource {
  private mutating func matchFlow(_ text: [UInt8], _ source: UnsafeRawBufferPointer, quote: UInt8?) -> Bool {
    var index = end
    if let quote {
      guard index < source.count, source[index] == quote else { return false }
      index += 1
    }
    var at = 0
    while at < text.count || quote != nil {
      guard index < source.count else { return false }
      let byte = source[index]
      if let fold = Fold(source, at: index) {
        // One break folds to a space, more leave all but the first.
        let expected: [UInt8] = fold.breaks == 1 ? [0x20] : Array(repeating: 0x0A, count: fold.breaks - 1)
        guard text[at...].starts(with: expected) else { return false }
        at += expected.count
        index = fold.end
      } else if byte == quote {
        if quote == UInt8(ascii: "'"), index + 1 < source.count, source[index + 1] == byte {
          guard at < text.count, text[at] == byte else { return false }
          add(at, index, 1)
          hasEscapes = true
          at += 1
          index += 2
        } else {
          end = index + 1
          return at == text.count
        }
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        guard let step = escape(text, at, source, index) else { return false }
        at += step.text
        index += step.source
      } else {
        guard at < text.count, text[at] == byte else { return false }
        add(at, index, 1)
        at += 1
        index += 1
      }
    }
    end = index
    return true
  }

  private mutating func escape(
    _ text: [UInt8], _ at: Int, _ source: UnsafeRawBufferPointer, _ index: Int
  ) -> (text: Int, source: Int)? {
    guard index + 1 < source.count else { return nil }
    let length = YAMLLines.breakLength(source, at: index + 1)
    if length > 0 {
      var after = index + 1 + length
      while after < source.count, source[after] == 0x20 || source[after] == 0x09 { after += 1 }
      return (0, after - index)
    }
    guard at < text.count else { return nil }
    let digits: Int
    switch source[index + 1] {
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default: digits = 0
    }
    let width = text.withUnsafeBytes { UTF8Check.sequenceLength($0, at: at) }
    guard width > 0 else { return nil }
    add(at, index, 1)
    hasEscapes = true
    return (width, 2 + digits)
  }

  /// White space with at least one line break in it.
  private struct Fold {
    var breaks = 0
    var end: Int

    init?(_ source: UnsafeRawBufferPointer, at index: Int) {
      end = index
      while end < source.count {
        if source[end] == 0x20 || source[end] == 0x09 {
          end += 1
          continue
        }
        let length = YAMLLines.breakLength(source, at: end)
        guard length > 0 else { break }
        breaks += 1
        end += length
      }
      if breaks == 0 { return nil }
    }
  }
}

// MARK: - Block scalars

extension ScalarSource {
  private mutating func matchBlock(_ text: [UInt8], _ source: UnsafeRawBufferPointer, isFolded: Bool) -> Bool {
    var index = end
    // The header, with its comment if it has one, ends with its line.
    while index < source.count, source[index] != 0x0A { index += 1 }
    index = min(index + 1, source.count)
    end = index
    var at = 0
    var indent: Int?
    while at < text.count {
      guard index < source.count else { return false }
      let lineEnd = source[index...].firstIndex(of: 0x0A) ?? source.count
      let contentEnd = lineEnd > index && source[lineEnd - 1] == 0x0D ? lineEnd - 1 : lineEnd
      let spaces = source[index..<contentEnd].prefix { $0 == 0x20 }.count
      if index + spaces == contentEnd, spaces <= indent ?? Int.max {
        // A blank line stands for the line feeds that the text has here.
        if text[at] == 0x0A { at += 1 }
      } else {
        let known = indent ?? spaces - text[at...].prefix { $0 == 0x20 }.count
        guard known >= 0, known <= spaces else { return false }
        indent = known
        let content = index + known..<contentEnd
        guard text[at...].starts(with: source[content]) else { return false }
        add(at, content.lowerBound, content.count)
        at += content.count
        if at < text.count {
          guard text[at] == 0x0A || (isFolded && text[at] == 0x20) else { return false }
          at += 1
        }
      }
      index = min(lineEnd + 1, source.count)
      end = index
    }
    indentation = indent ?? 0
    return true
  }
}
