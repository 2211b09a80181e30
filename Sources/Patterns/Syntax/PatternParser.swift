/// Reads the part of PCRE2's syntax that rules are written in. What it does not know it refuses, since guessing would make
/// what is concluded from the tree wrong.
struct PatternParser {
  private let text: [UInt8]
  private var index = 0
  private var isExtended = false
  private var groups = 0
  private var names: [String: Int] = [:]
  private var numbersUsed: [Int] = []

  /// The tree, and the groups by number.
  static func parse(_ pattern: String) throws(PatternNotUnderstood) -> PatternNode {
    var parser = PatternParser(text: Array(pattern.utf8))
    parser.names = parser.groupNames()
    let node = try parser.choice()
    guard parser.index == parser.text.count, parser.numbersUsed.allSatisfy({ $0 <= parser.groups }) else {
      throw parser.refusal
    }
    return node
  }

  private init(text: [UInt8]) { self.text = text }

  private var refusal: PatternNotUnderstood { PatternNotUnderstood(offset: index) }
  private var next: UInt8? { index < text.count ? text[index] : nil }

  private func follows(_ literal: StaticString) -> Bool {
    index + literal.utf8CodeUnitCount <= text.count
      && (0..<literal.utf8CodeUnitCount).allSatisfy { text[index + $0] == literal.utf8Start[$0] }
  }

  private func source(from start: Int) -> String { String(decoding: text[start..<index], as: UTF8.self) }

  /// Numbers of named groups, found before reading since calls come before definitions. Parentheses inside classes and
  /// escapes are no groups.
  private func groupNames() -> [String: Int] {
    var names: [String: Int] = [:]
    var (place, number, isClass) = (0, 0, false)
    while place < text.count {
      switch text[place] {
      case 0x5C: place += 1
      case 0x5B where !isClass:
        isClass = true
        if place + 1 < text.count, text[place + 1] == 0x5E { place += 1 }
        if place + 1 < text.count, text[place + 1] == 0x5D { place += 1 }
      case 0x5D: isClass = false
      case 0x28 where !isClass:
        let rest = text[(place + 1)...]
        if rest.starts(with: "?(".utf8) {
          place += 2
        } else if rest.starts(with: "?<".utf8) {
          let name = rest.dropFirst(2).prefix { Self.isName($0) }
          if !name.isEmpty {
            number += 1
            names[String(decoding: name, as: UTF8.self)] = number
          }
        } else if rest.first != 0x3F {
          number += 1
        }
      default: break
      }
      place += 1
    }
    return names
  }

  private static func isName(_ byte: UInt8) -> Bool { ByteSet.word.contains(byte) }

  // MARK: Structure

  private mutating func choice() throws(PatternNotUnderstood) -> PatternNode {
    let outer = isExtended
    defer { isExtended = outer }
    var branches = [try concatenation()]
    while next == 0x7C {
      index += 1
      branches.append(try concatenation())
    }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func concatenation() throws(PatternNotUnderstood) -> PatternNode {
    var items: [PatternNode] = []
    while true {
      skipBlanks()
      guard let byte = next, byte != 0x7C, byte != 0x29 else { break }
      guard let item = try single() else { continue }
      items.append(try quantified(item))
    }
    return items.count == 1 ? items[0] : .concatenation(items)
  }

  private mutating func skipBlanks() {
    guard isExtended else { return }
    while let byte = next {
      if ByteSet.space.contains(byte) {
        index += 1
      } else if byte == 0x23 {
        while let byte = next, byte != 0x0A { index += 1 }
      } else {
        return
      }
    }
  }

  private mutating func quantified(_ item: PatternNode) throws(PatternNotUnderstood) -> PatternNode {
    skipBlanks()
    var (least, most): (Int, Int?)
    switch next {
    case 0x2A: (least, most) = (0, nil)
    case 0x2B: (least, most) = (1, nil)
    case 0x3F: (least, most) = (0, 1)
    case 0x7B:
      let start = index
      index += 1
      guard let from = number() else { throw refusal }
      (least, most) = (from, from)
      if next == 0x2C {
        index += 1
        most = number()
      }
      guard next == 0x7D else { throw refusal }
      index += 1
      return try finished(item, least, most, source(from: start))
    default: return item
    }
    index += 1
    return try finished(item, least, most, String(UnicodeScalar(text[index - 1])))
  }

  private mutating func finished(
    _ item: PatternNode, _ least: Int, _ most: Int?, _ quantifier: String
  ) throws(PatternNotUnderstood) -> PatternNode {
    var quantifier = quantifier
    // Greed and possession decide which match is found and, for the latter, only ever whether fewer are.
    if next == 0x3F || next == 0x2B {
      quantifier += String(UnicodeScalar(text[index]))
      index += 1
    }
    if next == 0x2A || next == 0x2B || next == 0x3F { throw refusal }
    return .repeated(item, least: least, most: most, quantifier: quantifier)
  }

  private mutating func number() -> Int? {
    let start = index
    while let byte = next, byte &- 0x30 < 10, index - start < 5 { index += 1 }
    return Int(source(from: start))
  }

  // MARK: One item

  /// Nil where it was nothing but a setting that the tree does not hold.
  private mutating func single() throws(PatternNotUnderstood) -> PatternNode? {
    let byte = text[index]
    switch byte {
    case 0x28: return try parenthesis()
    case 0x5B: return try bracket()
    case 0x5C: return try escape()
    case 0x2E:
      index += 1
      return .atom(".", ByteSet.all)
    case 0x5E, 0x24:
      index += 1
      return .assertion(String(UnicodeScalar(byte)))
    case 0x2A, 0x2B, 0x3F: throw refusal
    case 0x7B where index + 1 < text.count && (text[index + 1] == 0x2C || text[index + 1] &- 0x30 < 10): throw refusal
    case 0x80...: return try character(beyondASCII: index)
    default:
      index += 1
      return .atom(String(UnicodeScalar(byte)), ByteSet(byte...byte))
    }
  }

  /// Byte by byte; the last one writes the character. A quantifier behind it would mean the byte or the character, by mode.
  private mutating func character(beyondASCII start: Int) throws(PatternNotUnderstood) -> PatternNode {
    repeat { index += 1 } while next.map { $0 & 0xC0 == 0x80 } ?? false
    guard ![0x2A, 0x2B, 0x3F, 0x7B].contains(next) else { throw refusal }
    return .concatenation(
      (start..<index).map { place in
        .atom(place == index - 1 ? source(from: start) : "", ByteSet(text[place]...text[place]))
      })
  }

  private mutating func parenthesis() throws(PatternNotUnderstood) -> PatternNode? {
    index += 1
    guard next == 0x3F else {
      guard next != 0x2A else { throw refusal }
      groups += 1
      return .group(opening: "", number: groups, try closed())
    }
    for (opening, ahead, negative) in [
      ("?=", true, false), ("?!", true, true), ("?<=", false, false), ("?<!", false, true),
    ]
    where text[index...].starts(with: opening.utf8) {
      index += opening.utf8.count
      return .look(ahead: ahead, negative: negative, try closed())
    }
    if follows("?(DEFINE)") {
      index += 9
      return .definition(try closed())
    }
    if follows("?&") {
      index += 2
      let start = index
      while let byte = next, Self.isName(byte) { index += 1 }
      let name = source(from: start)
      guard let group = names[name], next == 0x29 else { throw refusal }
      index += 1
      return .call("(?&\(name))", group: group)
    }
    if follows("?<") {
      let start = index
      index += 2
      while let byte = next, Self.isName(byte) { index += 1 }
      guard index > start + 2, next == 0x3E else { throw refusal }
      index += 1
      groups += 1
      let (opening, number) = (source(from: start), groups)
      guard names[String(opening.dropFirst(2).dropLast())] == number else { throw refusal }
      return .group(opening: opening, number: number, try closed())
    }
    if follows("?:") || follows("?>") {
      index += 2
      let opening = source(from: index - 2)
      return .group(opening: opening, number: nil, try closed())
    }
    return try options()
  }

  private mutating func closed() throws(PatternNotUnderstood) -> PatternNode {
    let node = try choice()
    guard next == 0x29 else { throw refusal }
    index += 1
    return node
  }

  /// `(?i)`, `(?x)`, `(?i:…)`.
  private mutating func options() throws(PatternNotUnderstood) -> PatternNode? {
    index += 1
    let outer = isExtended
    var kept = ""
    while let byte = next, byte != 0x29, byte != 0x3A {
      switch byte {
      case 0x78: isExtended = true
      case 0x69, 0x73, 0x6D: kept += String(UnicodeScalar(byte))
      default: throw refusal
      }
      index += 1
    }
    guard let byte = next else { throw refusal }
    index += 1
    if byte == 0x29 { return kept.isEmpty ? nil : .options("(?\(kept))") }
    let node = try closed()
    isExtended = outer
    return .group(opening: "?\(kept):", number: nil, node)
  }

  // MARK: Characters

  private mutating func escape() throws(PatternNotUnderstood) -> PatternNode {
    let start = index
    index += 1
    guard let byte = next else { throw refusal }
    if let set = Self.classes[byte] {
      index += 1
      return .atom(source(from: start), set)
    }
    switch byte {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "Z"),
      UInt8(ascii: "K"):
      index += 1
      return .assertion(source(from: start))
    case 0x31...0x39:
      guard let group = number(), group < 10 else { throw refusal }
      numbersUsed.append(group)
      // Braces, since a digit may follow.
      return .reference("\\g{\(group)}", group: group)
    default:
      let code = try character()
      return .atom(source(from: start), ByteSet(code...code))
    }
  }

  private static let classes: [UInt8: ByteSet] = [
    UInt8(ascii: "d"): .digits, UInt8(ascii: "D"): ByteSet.digits.inverted,
    UInt8(ascii: "w"): .word, UInt8(ascii: "W"): ByteSet.word.inverted,
    UInt8(ascii: "s"): .space, UInt8(ascii: "S"): ByteSet.space.inverted,
  ]

  /// The character of an escape, from behind its backslash on.
  private mutating func character() throws(PatternNotUnderstood) -> UInt8 {
    guard let byte = next else { throw refusal }
    index += 1
    switch byte {
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "x"):
      let start = index
      while index < start + 2, let byte = next, ByteSet.digits.contains(byte) || (byte | 32) &- 0x61 < 6 { index += 1 }
      guard index == start + 2, let code = UInt8(source(from: start), radix: 16) else { throw refusal }
      return code
    case 0x21..<0x7F where !ByteSet.word.contains(byte), 0x20: return byte
    default: throw refusal
    }
  }

  private mutating func bracket() throws(PatternNotUnderstood) -> PatternNode {
    let start = index
    index += 1
    var set = ByteSet()
    let isNegative = next == 0x5E
    if isNegative { index += 1 }
    var isFirst = true
    while true {
      // A character beyond ASCII would be one member or several, by mode.
      guard let byte = next, byte < 0x80 else { throw refusal }
      if byte == 0x5D, !isFirst { break }
      isFirst = false
      if follows("[:") { throw refusal }
      if byte == 0x5C, index + 1 < text.count, let members = Self.classes[text[index + 1]] {
        index += 2
        set = set.union(members)
        continue
      }
      let low = try classMember()
      if next == 0x2D, index + 1 < text.count, text[index + 1] != 0x5D {
        index += 1
        let high = try classMember()
        guard low <= high else { throw refusal }
        set = set.union(ByteSet(low...high))
      } else {
        set.insert(low)
      }
    }
    index += 1
    return .atom(source(from: start), isNegative ? set.inverted : set)
  }

  private mutating func classMember() throws(PatternNotUnderstood) -> UInt8 {
    guard let byte = next else { throw refusal }
    index += 1
    guard byte == 0x5C else { return byte }
    return try character()
  }
}
