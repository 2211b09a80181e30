import Vocabulary

/// Recognises line-oriented text by a sample of its lines.
struct LineShape {
  private let bytes: UnsafeRawBufferPointer
  /// The first lines that are not blank.
  let lines: [Substring]
  private static let sampleSize = 200

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    let text = String(decoding: bytes.prefix(64 << 10), as: UTF8.self)
    lines = text.split(maxSplits: Self.sampleSize, whereSeparator: \.isNewline)
      .prefix(Self.sampleSize).filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// Metadata or samples with labels, and at most one line in ten that is something else.
  var isExposition: Bool {
    var census = Census(bytes: bytes)
    try? ExpositionParser.parse(UnsafeRawBufferPointer(rebasing: bytes.prefix(64 << 10)), &census)
    let good = census.samples + census.metadata
    guard good > 0, census.metadata + census.labelled > 0 || census.samples == good && good > 2 else { return false }
    return census.broken * 10 <= good || (census.broken == 1 && good > 1)
  }

  /// Actions that only Go templates have, at the beginning of lines.
  var isGoTemplate: Bool {
    let actions = [
      "define ", "template ", "if ", "range ", "with ", "end ", "end}", "end-", "/*", "else", "block ", "$", "- ",
    ]
    var count = 0
    for line in lines {
      let body = line.drop(while: \.isWhitespace)
      guard body.hasPrefix("{{") else { continue }
      let inner = body.dropFirst(2).drop { $0 == "-" || $0 == " " }
      if inner.hasPrefix("define ") || inner.hasPrefix("/*") && count == 0 && body.startIndex == lines.first?.startIndex
      {
        return true
      }
      if actions.contains(where: inner.hasPrefix) { count += 1 }
    }
    return count > 0 && count * 4 >= lines.count
  }

  /// The same number of commas, at least one, in each line that is no comment.
  var isCSV: Bool {
    let rows = lines.filter { !$0.hasPrefix("#") }
    guard rows.count > 1 else { return false }
    if rows.allSatisfy({ $0.hasPrefix("DCGM_FI_") || $0.hasPrefix("dcgm_") }) { return true }
    let counts = Set(rows.dropLast(lines.count < Self.sampleSize ? 0 : 1).map { row in row.count { $0 == "," } })
    guard counts.count == 1, let commas = counts.first, commas > 0 else { return false }
    // Prose and log lines have a space after most commas; header cells have not.
    return !rows[0].contains(", ") && !rows[0].contains(": ")
  }

  /// A program, or Markdown: the first lines say so.
  var isSource: Bool {
    let starts = [
      "package ", "import ", "#!", "# ", "## ", "```", "//", "/*", "<!", "<?", "def ", "class ", "from ", "func ",
      "using ",
      "#include", "const ", "var ", "let ", "use ",
    ]
    guard let first = lines.first else { return false }
    return starts.contains(where: first.hasPrefix)
  }

  /// Every fourth line bears a time of day or a level.
  var isLog: Bool {
    guard !lines.isEmpty else { return false }
    return lines.count { Self.isLogLine($0) } * 4 >= lines.count
  }

  private static func isLogLine(_ line: Substring) -> Bool {
    let head = Array(line.utf8.prefix(160))
    if hasTime(head) { return true }
    return head.indices.contains { start in
      levels.contains { level in
        level[0] == head[start] && head[start...].starts(with: level)
          && !isValue(head, start..<start + level.count)
      }
    }
  }

  /// Whether a level is what something is set to: `LEVEL=DEBUG`, `level = "debug"`, `--level-DEBUG`, `level: DEBUG` to the line's end.
  private static func isValue(_ head: [UInt8], _ word: Range<Int>) -> Bool {
    guard head[word.lowerBound] != UInt8(ascii: "l"), head[word.lowerBound] != UInt8(ascii: "\"") else { return false }
    let quotes = "\"'".utf8
    var before = head[..<word.lowerBound]
    if before.last.map(quotes.contains) == true { before = before.dropLast() }
    let name = before[..<(before.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? 0)]
    switch name.last {
    case UInt8(ascii: "="): return true
    case UInt8(ascii: "-"): return name.count == before.count
    case UInt8(ascii: ":"):
      return head[word.upperBound...].drop(while: ASCII.isLetter).allSatisfy {
        quotes.contains($0) || $0 == UInt8(ascii: ",")
      }
    default: return false
    }
  }

  private static let levels = [
    "INFO", "WARN", "ERROR", "DEBUG", "CRITICAL", "FATAL", "TRACE", "level=", "[info]", "[error]", "[warn", "\"level\"",
    "Traceback (most recent call last)",
  ].map { Array($0.utf8) }

  /// `hh:mm:ss` of digits.
  private static func hasTime(_ head: [UInt8]) -> Bool {
    func isDigit(_ index: Int) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(head[index]) }
    guard head.count >= 8 else { return false }
    return (0...head.count - 8).contains { start in
      head[start + 2] == UInt8(ascii: ":") && head[start + 5] == UInt8(ascii: ":")
        && [0, 1, 3, 4, 6, 7].allSatisfy { isDigit(start + $0) }
    }
  }

  private struct Census: ExpositionVisitor {
    let bytes: UnsafeRawBufferPointer
    var samples = 0
    var labelled = 0
    var metadata = 0
    var broken = 0

    mutating func help(name: Range<Int>, text: Range<Int>) { metadata += isName(name) ? 1 : 0 }
    mutating func type(name: Range<Int>, kind: Range<Int>) { metadata += isName(name) ? 1 : 0 }

    mutating func sample(_ sample: borrowing ExpositionSample) {
      guard isName(sample.name) else {
        broken += 1
        return
      }
      samples += 1
      if !sample.labels.isEmpty { labelled += 1 }
    }

    mutating func broken(_ line: Range<Int>, at offset: Int, problem: StaticString) { broken += 1 }

    private func isName(_ range: Range<Int>) -> Bool {
      guard let first = range.first.map({ bytes[$0] }), !ASCII.isDigit(first) else { return false }
      return range.lazy.map { bytes[$0] }.allSatisfy {
        ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
      }
    }
  }
}
