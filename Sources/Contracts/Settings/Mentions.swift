/// Finds settings by their names alone, in whatever text no reader of starts has read: a program that sets a variable, a list of
/// arguments in some format. Only names that belong to one program alone are looked for.
struct Mentions {
  private struct Name {
    var bytes: [UInt8]
    var clause: SettingClause
    var takesValue: Bool
  }

  private let names: [Name]

  init(_ contracts: [Contract]) {
    var names: [Name] = []
    for contract in contracts {
      for clause in contract.settings where clause.isDistinctive {
        for option in clause.carriers.options {
          // There, a point leads into an option's JSON.
          if contract.program?.grammar == .argparse, option.contains(".") { continue }
          names.append(Name(bytes: Array(option.utf8), clause: clause, takesValue: clause.carriers.takesValue))
        }
        for variable in clause.carriers.environment {
          names.append(Name(bytes: Array(variable.utf8), clause: clause, takesValue: true))
        }
      }
    }
    self.names = names
  }

  /// - Parameter isRead: for each byte, whether a reader of starts has dealt with it.
  func add(to found: inout FoundSettings, in bytes: [UInt8], isRead: [Bool]) {
    let present = names.filter { SettingsText([String(decoding: $0.bytes, as: UTF8.self)]).isIn(bytes) }
    guard !present.isEmpty else { return }
    let lines = Self.lines(of: bytes)
    for (index, line) in lines.enumerated() {
      let next = index + 1 < lines.count ? bytes[Self.withoutComment(bytes[lines[index + 1]])] : []
      let code = Self.withoutComment(bytes[line])
      for name in present {
        for offset in Self.places(of: name, in: bytes[code]) where !isRead[offset] {
          let rest = bytes[offset + name.bytes.count..<code.upperBound]
          guard name.takesValue else {
            found.add(name.clause, .on, at: offset)
            break
          }
          guard let value = Self.value(after: rest, next: next) else { continue }
          if name.clause.condition.verdict(of: .text(value)) == .broken {
            found.add(name.clause, at: offset)
            break
          }
        }
      }
    }
  }

  private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == 0x0A {
      lines.append(start..<index)
      start = index + 1
    }
    lines.append(start..<bytes.count)
    return lines
  }

  /// The part of a line before its comment. Slurm's directives look like comments and are none.
  private static func withoutComment(_ line: ArraySlice<UInt8>) -> Range<Int> {
    let code = line.drop { $0 == 0x20 || $0 == 0x09 }
    let isDirective = code.starts(with: "#SBATCH".utf8)
    if code.first == UInt8(ascii: "#"), !isDirective { return line.startIndex..<line.startIndex }
    let from = isDirective ? code.startIndex + 1 : line.startIndex
    let end = line.indices.dropFirst(from - line.startIndex).first { index in
      line[index] == UInt8(ascii: "#") && index > line.startIndex && line[index - 1] == 0x20
    }
    return line.startIndex..<(end.map { $0 - 1 } ?? line.endIndex)
  }

  private static func places(of name: Name, in line: ArraySlice<UInt8>) -> [Int] {
    guard line.count >= name.bytes.count else { return [] }
    return (line.startIndex...(line.endIndex - name.bytes.count)).filter { start in
      let end = start + name.bytes.count
      return zip(line[start..<end], name.bytes).allSatisfy {
        $0 == $1 || ($1 == UInt8(ascii: "-") && $0 == UInt8(ascii: "_"))
      } && (start == line.startIndex || !isWord(line[start - 1])) && (end == line.endIndex || !isWord(line[end]))
        && !isReference(line[..<start])
    }
  }

  /// Whether what follows is read, not set: `$NAME`, `${NAME…}`, `$(NAME)`.
  private static func isReference(_ before: ArraySlice<UInt8>) -> Bool {
    let brackets = "{(".utf8
    return (before.last.map(brackets.contains) == true ? before.dropLast() : before).last == UInt8(ascii: "$")
  }

  /// The word that follows: `=value`, ` value`, `: value`, quoted or not; or on the next line as Kubernetes (`value: …`) and
  /// lists of arguments (`- …`) write it.
  private static func value(after rest: ArraySlice<UInt8>, next: ArraySlice<UInt8>) -> String? {
    func word(_ bytes: ArraySlice<UInt8>) -> String {
      let separators = Set("=: \t\"',[]\r".utf8)
      let text = bytes.drop { separators.contains($0) }
      // Of `${NAME:-default}` the default counts; what else is put in is not told.
      let isReference = text.starts(with: "${".utf8)
      guard isReference || text.first != UInt8(ascii: "$") else { return "" }
      let value =
        isReference ? text.prefix { $0 != UInt8(ascii: "}") }.drop { $0 != UInt8(ascii: "-") }.dropFirst() : text
      return String(decoding: value.prefix { !separators.contains($0) }, as: UTF8.self)
    }
    let here = word(rest)
    if !here.isEmpty { return here }
    let indented = next.drop { " \t-".utf8.contains($0) }
    let there = word(indented.starts(with: "value:".utf8) ? indented.dropFirst(6) : indented)
    return there.isEmpty ? nil : there
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
