/// Reads RE2's grammar (https://github.com/google/re2/wiki/Syntax) as Go's `regexp` does.
///
/// Without recursion, so that no expression can exhaust the stack.
struct ExpressionParser {
  struct Flags {
    var foldsCase = false
    var isMultiline = false
    var dotTakesNewline = false
    var isUngreedy = false
  }

  /// A finished piece, with what the limits ask of it.
  struct Item {
    var node: ExpressionNode
    var height = 1
    /// How many copies of its innermost part its repetitions make.
    var copies = 1
  }

  /// A group that is still open; the first of them is the whole expression.
  struct Frame {
    var capture: Int?
    /// Where its parenthesis stands.
    var offset: Int
    /// The flags around it.
    var outer: Flags
    var alternatives: [Item] = []
    var items: [Item] = []
  }

  static let maximumRepetition = 1_000
  static let maximumHeight = 1_000

  let bytes: [UInt8]
  var index = 0
  var flags = Flags()
  var frames: [Frame]
  /// By group; the first stands for the whole match.
  var names: [String?] = [nil]

  init(_ source: String) {
    bytes = Array(source.utf8)
    frames = [Frame(capture: nil, offset: 0, outer: flags)]
  }

  mutating func parse() throws(ExpressionError) -> ExpressionNode {
    /// Where the repetition began that ended right here.
    var repetition: Int?
    while index < bytes.count {
      let start = index
      let previous = repetition
      repetition = nil
      switch bytes[index] {
      case UInt8(ascii: "("): try openGroup()
      case UInt8(ascii: ")"): try closeGroup()
      case UInt8(ascii: "|"):
        index += 1
        endAlternative()
      case UInt8(ascii: "^"):
        index += 1
        push(.assertion(flags.isMultiline ? .beginLine : .beginText))
      case UInt8(ascii: "$"):
        index += 1
        push(.assertion(flags.isMultiline ? .endLine : .endText))
      case UInt8(ascii: "."):
        index += 1
        push(.set(flags.dotTakesNewline ? .all : .allButNewline))
      case UInt8(ascii: "["): push(.set(try bracket()))
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
        guard let (minimum, maximum) = try bounds() else {
          index += 1
          pushLiteral(UInt32(bytes[start]))
          break
        }
        try `repeat`(minimum, maximum, at: start, after: previous)
        repetition = previous ?? start
      case UInt8(ascii: "\\"): try backslash()
      default: pushLiteral(nextPoint())
      }
    }
    guard frames.count == 1 else {
      throw ExpressionError(
        "a group is not closed", at: frames[frames.count - 1].offset, remedy: "add `)`, or write `\\(`")
    }
    return collapse().node
  }

  // MARK: Pieces

  mutating func push(_ node: ExpressionNode) { frames[frames.count - 1].items.append(Item(node: node)) }

  mutating func pushLiteral(_ point: UInt32) {
    if flags.foldsCase {
      let set = CodePointSet([point...point]).folded
      if set.ranges != [point...point] { return push(.set(set)) }
    }
    push(.literal(point))
  }

  mutating func endAlternative() {
    let top = frames.count - 1
    frames[top].alternatives.append(Self.concatenated(frames[top].items))
    frames[top].items = []
  }

  mutating func collapse() -> Item {
    endAlternative()
    let alternatives = frames[frames.count - 1].alternatives
    if alternatives.count == 1 { return alternatives[0] }
    return Self.joined(alternatives, .alternation(alternatives.map(\.node)))
  }

  private static func concatenated(_ items: [Item]) -> Item {
    switch items.count {
    case 0: Item(node: .empty)
    case 1: items[0]
    default: joined(items, .concatenation(items.map(\.node)))
    }
  }

  private static func joined(_ items: [Item], _ node: ExpressionNode) -> Item {
    Item(
      node: node, height: 1 + (items.map(\.height).max() ?? 0), copies: items.map(\.copies).max() ?? 1)
  }

  // MARK: Repetition

  private mutating func `repeat`(_ minimum: Int, _ maximum: Int?, at start: Int, after previous: Int?)
    throws(ExpressionError)
  {
    var isGreedy = !flags.isUngreedy
    if index < bytes.count, bytes[index] == UInt8(ascii: "?") {
      index += 1
      isGreedy.toggle()
    }
    if previous != nil {
      let isPossessive = bytes[start] == UInt8(ascii: "+")
      throw ExpressionError(
        isPossessive
          ? "a possessive or doubled repetition is not in RE2" : "a repetition of a repetition is not in RE2",
        at: start,
        remedy: isPossessive
          ? "take the second `+` away; RE2 never needs it, as it does not backtrack"
          : "put the first one into a group: `(?:…)`")
    }
    guard let item = frames[frames.count - 1].items.popLast() else {
      throw ExpressionError("nothing stands before this to be repeated", at: start, remedy: "escape it with `\\`")
    }
    let copies = item.copies * max(1, maximum ?? minimum)
    guard copies <= Self.maximumRepetition else {
      throw ExpressionError(
        "repetitions within each other come to more than \(Self.maximumRepetition)", at: start,
        remedy: "use smaller counts, or `*`")
    }
    let repeated = ExpressionNode.repetition(item.node, minimum: minimum, maximum: maximum, isGreedy: isGreedy)
    frames[frames.count - 1].items.append(Item(node: repeated, height: item.height + 1, copies: copies))
    try checkHeight(item.height + 1, at: start)
  }

  func checkHeight(_ height: Int, at offset: Int) throws(ExpressionError) {
    guard height <= Self.maximumHeight else {
      throw ExpressionError("nested more than \(Self.maximumHeight) deep", at: offset, remedy: "use fewer groups")
    }
  }

  /// Reads `*`, `+`, `?` or `{n,m}`; nil for a brace that bounds nothing and so is a character.
  private mutating func bounds() throws(ExpressionError) -> (Int, Int?)? {
    let start = index
    switch bytes[index] {
    case UInt8(ascii: "*"):
      index += 1
      return (0, nil)
    case UInt8(ascii: "+"):
      index += 1
      return (1, nil)
    case UInt8(ascii: "?"):
      index += 1
      return (0, 1)
    default: break
    }
    var position = index + 1
    guard let minimum = number(&position), position < bytes.count else { return nil }
    var maximum: Int? = minimum
    if bytes[position] == UInt8(ascii: ",") {
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "}") {
        maximum = nil
      } else if let number = number(&position) {
        maximum = number
      } else {
        return nil
      }
    }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "}") else { return nil }
    index = position + 1
    guard max(minimum, maximum ?? 0) <= Self.maximumRepetition else {
      throw ExpressionError(
        "a count over \(Self.maximumRepetition) is not in RE2", at: start, remedy: "use a smaller count, or `*`")
    }
    guard minimum <= maximum ?? minimum else {
      throw ExpressionError("the least count is greater than the most", at: start, remedy: "exchange the counts")
    }
    return (minimum, maximum)
  }

  /// Decimal digits without a leading zero; what would overflow is any number over the limit.
  private func number(_ position: inout Int) -> Int? {
    let start = position
    var value = 0
    while position < bytes.count, let digit = ASCII.digit(bytes[position], base: 10) {
      value = min(value * 10 + Int(digit), 1_000_000)
      position += 1
    }
    guard position > start, position == start + 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
    return value
  }

  // MARK: Bytes

  mutating func nextPoint() -> UInt32 {
    let (point, width) = bytes.withUnsafeBytes { UTF8Reading.decode($0, at: index) }
    index += width
    return point
  }

  func starts(with text: StaticString, at position: Int? = nil) -> Bool {
    let position = position ?? index
    guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in
      buffer.indices.allSatisfy { bytes[position + $0] == buffer[$0] }
    }
  }
}

enum ASCII {
  static func digit(_ byte: UInt8, base: UInt32) -> UInt32? {
    let value: UInt32
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): value = UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): value = UInt32(byte - UInt8(ascii: "A")) + 10
    default: return nil
    }
    return value < base ? value : nil
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
