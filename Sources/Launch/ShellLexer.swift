/// Parts a shell script into words and what stands between them, as POSIX's shell and bash do (POSIX.1-2024, Shell Command
/// Language 2.2 and 2.3; bash's manual for arrays). What is beyond that reads as unknown.
struct ShellLexer {
  enum Token {
    case word(ShellWord)
    /// `;`, `&`, `|`, a line's end, brackets: a command ends. `isCondition`: `&&` or `||`.
    case end(isCondition: Bool)
    /// A comment that begins a line.
    case comment(PlacedText)
    case hereDocument(PlacedText, isQuoted: Bool)
  }

  private enum Stop { case word, doubleQuote, brace }
  private struct Pending {
    var delimiter: [UInt8]
    var isQuoted: Bool
    var isIndented: Bool
  }

  static let maximumDepth = 16

  private let text: PlacedText
  private var index = 0
  private var pending: [Pending] = []
  private var ready: [Token] = []

  init(_ text: PlacedText) { self.text = text }

  private var bytes: [UInt8] { text.bytes }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    index + ahead < text.bytes.count ? text.bytes[index + ahead] : nil
  }

  private func sees(_ literal: StaticString) -> Bool {
    literal.withUTF8Buffer { wanted in
      index + wanted.count <= text.bytes.count && text.bytes[index..<index + wanted.count].elementsEqual(wanted)
    }
  }

  private func offset() -> Int {
    index < text.offsets.count ? text.offsets[index] : (text.offsets.last ?? 0)
  }

  mutating func next() -> Token? {
    if !ready.isEmpty { return ready.removeFirst() }
    skipBlanks()
    guard let byte = peek() else { return nil }
    switch byte {
    case 0x0A:
      index += 1
      readDocuments()
      return .end(isCondition: false)
    case UInt8(ascii: "#"): return comment()
    case UInt8(ascii: "&") where sees("&>"):
      redirection()
      return next()
    case UInt8(ascii: "&") where sees("&&"), UInt8(ascii: "|") where sees("||"):
      index += 2
      return .end(isCondition: true)
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"):
      index += 1
      return .end(isCondition: false)
    case UInt8(ascii: "<") where sees("<("), UInt8(ascii: ">") where sees(">("):
      let start = offset()
      index += 1
      skipBrackets()
      return .word(
        ShellWord(parts: [.unknown(offset: start, isQuoted: true, isAll: false)], offset: start))
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      redirection()
      return next()
    default:
      if Bytes.isDigit(byte) {
        let digits = bytes[index...].prefix { Bytes.isDigit($0) }.count
        if let after = peek(digits), after == UInt8(ascii: "<") || after == UInt8(ascii: ">") {
          index += digits
          redirection()
          return next()
        }
      }
      return .word(word())
    }
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      if byte == 0x20 || byte == 0x09 || byte == 0x0D {
        index += 1
      } else if !skipContinuation() {
        return
      }
    }
  }

  /// A backslash at a line's end.
  private mutating func skipContinuation() -> Bool {
    guard peek() == UInt8(ascii: "\\") else { return false }
    if peek(1) == 0x0A {
      index += 2
    } else if peek(1) == 0x0D, peek(2) == 0x0A {
      index += 3
    } else {
      return false
    }
    return true
  }

  private mutating func comment() -> Token {
    let isFirst = index == 0 || bytes[index - 1] == 0x0A
    let start = index
    while let byte = peek(), byte != 0x0A { index += 1 }
    return isFirst ? .comment(text[start..<index]) : (next() ?? .end(isCondition: false))
  }

  /// Where a command reads from or writes to is no part of what it is told, but for the text of a here-document.
  private mutating func redirection() {
    let isHere = sees("<<") && !sees("<<<")
    let isIndented = sees("<<-")
    while let byte = peek(),
      [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "|")].contains(byte)
    {
      index += 1
    }
    if isHere, isIndented { index += 1 }
    skipBlanks()
    guard let byte = peek(), !Bytes.isSpace(byte), byte != UInt8(ascii: ";") else { return }
    let isQuoted = [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(byte)
    let target = word()
    if isHere, let delimiter = target.literal?.bytes {
      pending.append(Pending(delimiter: delimiter, isQuoted: isQuoted, isIndented: isIndented))
    }
  }

  /// The texts of the here-documents that the line before has announced.
  private mutating func readDocuments() {
    for document in pending {
      let start = index
      var end = index
      while index < bytes.count {
        let lineEnd = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
        var line = bytes[index..<lineEnd]
        if line.last == 0x0D { line = line.dropLast() }
        if document.isIndented { line = line.drop { $0 == 0x09 } }
        end = index
        index = min(lineEnd + 1, bytes.count)
        if line.elementsEqual(document.delimiter) { break }
        end = index
      }
      ready.append(.hereDocument(text[start..<end], isQuoted: document.isQuoted))
    }
    pending = []
  }

  // MARK: Words

  private mutating func word() -> ShellWord {
    var word = ShellWord()
    word.offset = offset()
    let start = index
    if let name = Bytes.assignedName(bytes[index...]) {
      word.assignedName = name
      word.appends = bytes[index + name] == UInt8(ascii: "+")
      let length = name + (word.appends ? 2 : 1)
      word.parts.append(.text(text[index..<index + length]))
      index += length
      if peek() == UInt8(ascii: "(") {
        index += 1
        word.parts.append(.array(array()))
        return word
      }
    }
    word.parts += parts(until: .word, isQuoted: false, depth: 0)
    // A byte that begins no word would be read for ever.
    if index == start { index += 1 }
    return word
  }

  private mutating func array() -> [ShellWord] {
    var words: [ShellWord] = []
    while true {
      skipBlanks()
      guard let byte = peek() else { return words }
      switch byte {
      case 0x0A: index += 1
      case UInt8(ascii: "#"): while let byte = peek(), byte != 0x0A { index += 1 }
      case UInt8(ascii: ")"):
        index += 1
        return words
      default: words.append(word())
      }
    }
  }

  private mutating func parts(until stop: Stop, isQuoted: Bool, depth: Int) -> [ShellWord.Part] {
    var parts: [ShellWord.Part] = []
    var literal = PlacedText()
    func flush() {
      if !literal.isEmpty { parts.append(.text(literal)) }
      literal = PlacedText()
    }
    while let byte = peek() {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"):
        if stop == .word {
          flush()
          return parts
        }
        literal.append(byte, at: offset())
        index += 1
      case UInt8(ascii: "}") where stop == .brace:
        flush()
        return parts
      case UInt8(ascii: "\""):
        if stop == .doubleQuote {
          flush()
          return parts
        }
        index += 1
        flush()
        let inner = depth < Self.maximumDepth ? self.parts(until: .doubleQuote, isQuoted: true, depth: depth + 1) : []
        if peek() == UInt8(ascii: "\"") { index += 1 }
        parts += inner.isEmpty ? [.text(PlacedText())] : inner
      case UInt8(ascii: "'") where stop != .doubleQuote && !isQuoted:
        flush()
        parts.append(.text(singleQuoted()))
      case UInt8(ascii: "\\"):
        if skipContinuation() { continue }
        index += 1
        guard let escaped = peek() else { break }
        if isQuoted, ![UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(escaped) {
          literal.append(byte, at: text.offsets[index - 1])
        }
        literal.append(escaped, at: offset())
        index += 1
      case UInt8(ascii: "$"):
        flush()
        parts.append(dollar(isQuoted: isQuoted, depth: depth))
      case UInt8(ascii: "`"):
        flush()
        let start = offset()
        index += 1
        while let byte = peek(), byte != UInt8(ascii: "`") { index += byte == UInt8(ascii: "\\") ? 2 : 1 }
        index = min(index + 1, bytes.count)
        parts.append(.unknown(offset: start, isQuoted: isQuoted, isAll: false))
      case PlacedText.unknown:
        flush()
        parts.append(.unknown(offset: offset(), isQuoted: isQuoted, isAll: false))
        index += 1
      default:
        literal.append(byte, at: offset())
        index += 1
      }
    }
    flush()
    return parts
  }

  private mutating func singleQuoted() -> PlacedText {
    index += 1
    let end = bytes[min(index, bytes.count)...].firstIndex(of: UInt8(ascii: "'")) ?? bytes.count
    defer { index = min(end + 1, bytes.count) }
    return text[index..<end]
  }

  // MARK: Variables

  private mutating func dollar(isQuoted: Bool, depth: Int) -> ShellWord.Part {
    let start = offset()
    index += 1
    func unknown(isAll: Bool = false) -> ShellWord.Part { .unknown(offset: start, isQuoted: isQuoted, isAll: isAll) }
    guard let byte = peek() else { return .text(PlacedText(bytes: [UInt8(ascii: "$")], offsets: [start])) }
    switch byte {
    case UInt8(ascii: "("):
      skipBrackets()
      return unknown()
    case UInt8(ascii: "{"):
      return braced(start, isQuoted: isQuoted, depth: depth)
    case UInt8(ascii: "'") where !isQuoted: return .text(singleQuoted())
    case UInt8(ascii: "@"), UInt8(ascii: "*"):
      index += 1
      return unknown(isAll: true)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "#"), UInt8(ascii: "?"), UInt8(ascii: "$"),
      UInt8(ascii: "!"), UInt8(ascii: "-"):
      index += 1
      return unknown()
    default:
      let name = bytes[index...].prefix { Bytes.isName($0) }
      guard !name.isEmpty else { return .text(PlacedText(bytes: [UInt8(ascii: "$")], offsets: [start])) }
      index += name.count
      return .variable(ShellVariable(name: String(decoding: name, as: UTF8.self), offset: start, isQuoted: isQuoted))
    }
  }

  /// `${…}`; what is not understood of it is unknown.
  private mutating func braced(_ start: Int, isQuoted: Bool, depth: Int) -> ShellWord.Part {
    index += 1
    let name = bytes[min(index, bytes.count)...].prefix { Bytes.isName($0) }
    var variable = ShellVariable(name: String(decoding: name, as: UTF8.self), offset: start, isQuoted: isQuoted)
    index += name.count
    var isUnknown = name.isEmpty || Bytes.isDigit(name.first ?? 0)
    if sees("[@]") || sees("[*]") {
      variable.isAll = true
      index += 3
    }
    var isAlternative = false
    var isIfSet = false
    if sees(":-") || sees(":=") || sees(":+") {
      isIfSet = sees(":+")
      index += 2
      isAlternative = true
    } else if let byte = peek(), [UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "+")].contains(byte) {
      isIfSet = byte == UInt8(ascii: "+")
      index += 1
      isAlternative = true
    } else if peek() != UInt8(ascii: "}") {
      isUnknown = true
    }
    let from = offset()
    let rest = depth < Self.maximumDepth ? parts(until: .brace, isQuoted: isQuoted, depth: depth + 1) : []
    if depth >= Self.maximumDepth {
      isUnknown = true
      while let byte = peek(), byte != UInt8(ascii: "}") { index += 1 }
    }
    if peek() == UInt8(ascii: "}") { index += 1 }
    if isUnknown, !isAlternative { return .unknown(offset: start, isQuoted: isQuoted, isAll: false) }
    if isAlternative {
      let word = ShellWord(parts: rest, offset: from)
      variable.alternative = isIfSet ? .ifSet(word) : .orElse(word)
    }
    return .variable(variable)
  }

  /// `(…)` with brackets and quotes in it; the lexer stands at the first bracket.
  private mutating func skipBrackets() {
    var depth = 0
    while let byte = peek() {
      index += 1
      switch byte {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return }
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "'"):
        index = (bytes[min(index, bytes.count)...].firstIndex(of: byte) ?? bytes.count - 1) + 1
      case UInt8(ascii: "\""):
        while let inner = peek(), inner != byte { index += inner == UInt8(ascii: "\\") ? 2 : 1 }
        index += 1
      default: break
      }
    }
    index = min(index, bytes.count)
  }
}
