extension ExpressionParser {
  /// `[…]`; `index` is at the bracket.
  mutating func bracket() throws(ExpressionError) -> CodePointSet {
    let start = index
    index += 1
    var isNegated = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "^") {
      isNegated = true
      index += 1
    }
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while true {
      guard index < bytes.count else {
        throw ExpressionError("a class is not closed", at: start, remedy: "add `]`, or write `\\[`")
      }
      if bytes[index] == UInt8(ascii: "]"), !isFirst { break }
      isFirst = false
      if let set = try namedClass() {
        ranges += set.ranges
      } else {
        let set = CodePointSet([try range(of: start)])
        ranges += flags.foldsCase ? set.folded.ranges : set.ranges
      }
    }
    index += 1
    let set = CodePointSet(ranges)
    return isNegated ? set.inverted : set
  }

  private mutating func range(of bracket: Int) throws(ExpressionError) -> ClosedRange<UInt32> {
    let start = index
    let low = try member(of: bracket)
    guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), bytes[index + 1] != UInt8(ascii: "]") else {
      return low...low
    }
    index += 1
    let high = try member(of: bracket)
    guard low <= high else {
      throw ExpressionError("a range runs backwards", at: start, remedy: "exchange its ends, or escape the `-`")
    }
    return low...high
  }

  private mutating func member(of bracket: Int) throws(ExpressionError) -> UInt32 {
    guard index < bytes.count else {
      throw ExpressionError("a class is not closed", at: bracket, remedy: "add `]`, or write `\\[`")
    }
    return bytes[index] == UInt8(ascii: "\\") ? try escape() : nextPoint()
  }

  /// `[:alpha:]`, `\d`, `\pL` within brackets; nil (and nothing read) where a character stands.
  private mutating func namedClass() throws(ExpressionError) -> CodePointSet? {
    if bytes[index] == UInt8(ascii: "\\") { return try classEscape() }
    guard starts(with: "[:") else { return nil }
    guard let close = (index + 2..<max(index + 2, bytes.count - 1)).first(where: { starts(with: ":]", at: $0) }) else {
      return nil
    }
    var name = bytes[(index + 2)..<close]
    let isNegated = name.first == UInt8(ascii: "^")
    if isNegated { name.removeFirst() }
    guard let set = NamedSets.posix[String(decoding: name, as: UTF8.self)] else {
      throw ExpressionError(
        "not a class of POSIX", at: index, remedy: "they are \(NamedSets.posix.keys.sorted().joined(separator: ", "))")
    }
    index = close + 2
    return cased(set, isNegated: isNegated)
  }
}

/// Classes with names; all of ASCII alone.
enum NamedSets {
  static let digit = CodePointSet([0x30...0x39])
  /// Without the vertical tab, which Perl has.
  static let space = CodePointSet([9...10, 12...13, 32...32])
  static let word = CodePointSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])

  static let posix: [String: CodePointSet] = [
    "alnum": CodePointSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A]),
    "alpha": CodePointSet([0x41...0x5A, 0x61...0x7A]),
    "ascii": CodePointSet([0...0x7F]),
    "blank": CodePointSet([9...9, 32...32]),
    "cntrl": CodePointSet([0...0x1F, 0x7F...0x7F]),
    "digit": digit,
    "graph": CodePointSet([0x21...0x7E]),
    "lower": CodePointSet([0x61...0x7A]),
    "print": CodePointSet([0x20...0x7E]),
    "punct": CodePointSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
    "space": CodePointSet([9...13, 32...32]),
    "upper": CodePointSet([0x41...0x5A]),
    "word": word,
    "xdigit": CodePointSet([0x30...0x39, 0x41...0x46, 0x61...0x66]),
  ]
}
