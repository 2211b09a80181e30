/// Values of keys, quoted text, and what begins a line.
extension LineTokenizer {
  // MARK: - Values

  /// After `=`: of a key of the program's own the words go on as words; of any other the value is one thing.
  mutating func value() {
    guard index < end, bytes[index] != 0x20 else { return }
    let key = word(back: 1) ?? ""
    if KnownWords.contentKeys.contains(key) { return rest() }
    if [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")].contains(bytes[index]) { return }
    var stop = index
    while stop < end, !Self.endsValue(bytes[stop]) { stop += 1 }
    guard stop > index, !knownValue(to: stop), !KnownWords.programKeys.contains(key) else { return }
    let first = tokens.count
    let wasForeign = isForeign
    isForeign = true
    scan(to: stop)
    isForeign = wasForeign
    closeForeign(from: first)
  }

  /// `error: …`, and the message of an exception: text that anybody may have written, to the end.
  mutating func restAfterContentKey() {
    guard let key = word(back: 1), let token = tokens.dropLast().last else { return }
    let isException = ["Error", "Exception"].contains { text(token.range).hasSuffix($0) } && key.utf8.count > 5
    guard isException || KnownWords.contentKeys.contains(key) && !isInsideObject else { return }
    if index < end, bytes[index] == 0x20 { add(.spaces, to: index + 1) }
    rest()
  }

  /// The line is an object of JSON.
  var isInsideObject: Bool { isPunctuation(tokens.first, UInt8(ascii: "{")) }

  private mutating func rest() {
    let first = tokens.count
    let wasForeign = isForeign
    isForeign = true
    // A value in quotes ends with them.
    if index < end, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[index]), quoted(bytes[index]) {
      isForeign = wasForeign
      return
    }
    scan(to: end)
    isForeign = wasForeign
    closeForeign(from: first)
  }

  /// `true`, `info`, `None` as the whole of a value.
  private mutating func knownValue(to stop: Int) -> Bool {
    guard stop - index <= 8, let group = KnownWords.asValues[text(index..<stop)] else { return false }
    add(.known, to: stop, UInt8(group.rawValue))
    return true
  }

  // MARK: - Quotes

  /// Takes a quoted text with its quotes; false where none begins here.
  mutating func quoted(_ quote: UInt8) -> Bool {
    if quote == UInt8(ascii: "'"), followsAlphanumeric { return false }
    var stop = index + 1
    while stop < end, bytes[stop] != quote { stop += bytes[stop] == UInt8(ascii: "\\") ? 2 : 1 }
    guard stop < end else { return false }
    if quote == UInt8(ascii: "'"), isAlphanumeric(at: stop + 1) { return false }
    let key = keyBefore
    addPunctuation()
    if isKey(to: stop) {
      add(.word, to: stop)
    } else if !knownValue(to: stop) {
      let first = tokens.count
      let wasForeign = isForeign
      isForeign = wasForeign || !KnownWords.messageKeys.contains(key ?? "")
      let closes = isForeign && !(key.map(KnownWords.programKeys.contains) ?? false)
      scan(to: stop)
      isForeign = wasForeign
      if closes { closeForeign(from: first) }
    }
    index = stop
    addPunctuation()
    return true
  }

  /// The key whose value begins here: `key=`, `"key":`, `"key": `.
  private var keyBefore: String? {
    var back = 0
    if tokens.last?.kind == .spaces { back += 1 }
    guard tokens.count > back + 1 else { return nil }
    let sign = tokens[tokens.count - 1 - back]
    guard isPunctuation(sign, UInt8(ascii: "=")) || isPunctuation(sign, UInt8(ascii: ":")) else { return nil }
    back += 1
    if isPunctuation(tokens[tokens.count - 1 - back], UInt8(ascii: "\"")) { back += 1 }
    return word(back: back)
  }

  /// An identifier in quotes with a colon after them, in a line that is an object.
  private func isKey(to stop: Int) -> Bool {
    guard isInsideObject, stop + 1 < bytes.count, bytes[stop + 1] == UInt8(ascii: ":"), stop - index <= 40, stop > index
    else {
      return false
    }
    return bytes[index..<stop].allSatisfy { ByteClass.letterOrUnderscore.contains($0) }
  }

  // MARK: - The beginning of a line

  /// What the system log puts before each line: time, host. The host is the inventory's to name.
  mutating func header() {
    let start = index
    if month(), spacesThenDay(), hostAfterTime() { return }
    tokens.removeAll(keepingCapacity: true)
    index = start
    var scanner = ByteScanner(bytes, index, end)
    if scanner.timestamp(), scanner.index < end, bytes[scanner.index] == 0x20, isSystemHost(at: scanner.index + 1) {
      add(.timestamp, to: scanner.index)
      add(.spaces, to: index + 1)
      host()
    }
  }

  mutating func month() -> Bool {
    guard end - index > 4, bytes[index + 3] == 0x20,
      let group = KnownWords.months[text(index..<index + 3)]
    else { return false }
    add(.known, to: index + 3, UInt8(group.rawValue))
    return true
  }

  private mutating func spacesThenDay() -> Bool {
    var stop = index
    while stop < end, bytes[stop] == 0x20 { stop += 1 }
    add(.spaces, to: stop)
    while isDigit(at: stop) { stop += 1 }
    guard (1...2).contains(stop - index), stop < end, bytes[stop] == 0x20 else { return false }
    add(.number, to: stop)
    add(.spaces, to: stop + 1)
    return true
  }

  private mutating func hostAfterTime() -> Bool {
    var scanner = ByteScanner(bytes, index, end)
    guard scanner.time(), scanner.index < end, bytes[scanner.index] == 0x20 else { return false }
    add(.time, to: scanner.index)
    add(.spaces, to: index + 1)
    host()
    return true
  }

  /// A word, a space, a program's name with its number in brackets and a colon: `node-1 sshd[812]:`, `node-1 kernel:`.
  private func isSystemHost(at start: Int) -> Bool {
    var scanner = ByteScanner(bytes, start, end)
    guard scanner.run(1...63, first: .alphanumeric, then: .identifier), scanner.skip(" "),
      scanner.run(1...63, first: .letterOrUnderscore, then: .identifier)
    else { return false }
    if scanner.skip("["), !(scanner.digits(1...10) && scanner.skip("]")) { return false }
    return scanner.skip(":")
  }

  private mutating func host() {
    var scanner = ByteScanner(bytes, index, end)
    let isName = scanner.run(1...63, first: .alphanumeric, then: .identifier)
    if isName, scanner.isAtEnd || bytes[scanner.index] == 0x20 { add(.host, to: scanner.index) }
  }
}
