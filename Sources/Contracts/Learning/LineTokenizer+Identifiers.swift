/// Numbers, identifiers and words.
extension LineTokenizer {
  /// What begins with a letter, a digit or `_`.
  mutating func identifier() {
    if !followsAlphanumeric, typed() || networkName() { return }
    if isDigit(at: index) { return number() }
    let run = alphanumericRun
    if isID(run) { return add(.opaque, to: run.upperBound) }
    word()
  }

  /// Values of a type that is told by its form alone.
  private mutating func typed() -> Bool {
    if take(.uuid, { $0.uuid() }) || take(.source, { $0.source() }) { return true }
    guard ByteClass.hex.contains(bytes[index]) else { return false }
    if take(.timestamp, { $0.timestamp() }) || take(.mac, { $0.mac() }) { return true }
    if address() { return true }
    if isDigit(at: index), take(.time, { $0.time() }) || monthDay() { return true }
    return hex()
  }

  /// Where the whole of what stands here is of the type.
  private mutating func take(_ kind: LineToken.Kind, _ scan: (inout ByteScanner) -> Bool) -> Bool {
    var scanner = ByteScanner(bytes, index, end)
    guard scan(&scanner), !isAlphanumeric(at: scanner.index) else { return false }
    if kind != .source, scanner.index < end, bytes[scanner.index] == UInt8(ascii: ":"),
      isAlphanumeric(at: scanner.index + 1)
    {
      return false
    }
    add(kind, to: scanner.index)
    return true
  }

  /// A domain name, an address of mail: whoever runs the platform, or a client of his, chose it.
  private mutating func networkName() -> Bool {
    var scanner = ByteScanner(bytes, index, end)
    guard scanner.take(.identifier, 1...Self.maximumBytes) else { return false }
    if scanner.index + 1 < end, bytes[scanner.index] == UInt8(ascii: "@"),
      ByteClass.alphanumeric.contains(bytes[scanner.index + 1]), !isDigitRun(at: scanner.index + 1)
    {
      scanner.index += 1
      while scanner.next(is: .identifier) { scanner.index += 1 }
      add(.opaque, to: scanner.index)
      return true
    }
    var stop = scanner.index
    while stop > index, !isAlphanumeric(at: stop - 1) { stop -= 1 }
    var labels = bytes[index..<stop].split(separator: UInt8(ascii: "."))
    guard labels.count > 1, let last = labels.popLast(), last.count <= 4,
      KnownWords.topLevelDomains.contains(text(last.startIndex..<last.endIndex)),
      stop == end || bytes[stop] != UInt8(ascii: "(")
    else { return false }
    add(.opaque, to: stop)
    return true
  }

  private mutating func address() -> Bool {
    var scanner = ByteScanner(bytes, index, end)
    guard scanner.ip(), !isAlphanumeric(at: scanner.index) else { return false }
    let found = bytes[index..<scanner.index]
    if found.contains(UInt8(ascii: ".")) {
      if scanner.index < end, bytes[scanner.index] == UInt8(ascii: "."), isDigit(at: scanner.index + 1) { return false }
    } else {
      // A time of day has colons too.
      var colons = 0
      for byte in found where byte == UInt8(ascii: ":") { colons += 1 }
      guard colons == 7 || zip(found, found.dropFirst()).contains(where: { $0 == $1 && $0 == UInt8(ascii: ":") }) else {
        return false
      }
    }
    add(.ip, to: scanner.index)
    return true
  }

  private mutating func monthDay() -> Bool {
    var scanner = ByteScanner(bytes, index, end)
    guard scanner.digits(2...2), scanner.skip("-"), scanner.digits(2...2) else { return false }
    let stop = scanner.index
    guard scanner.skip(" "), scanner.time() else { return false }
    add(.monthDay, to: stop)
    return true
  }

  /// Hexadecimal digits that are told as such: after `0x`, or eight and more with digits and letters among them.
  private mutating func hex() -> Bool {
    let run = alphanumericRun
    if run.count > 2, bytes[run.lowerBound] == UInt8(ascii: "0"), bytes[run.lowerBound + 1] == UInt8(ascii: "x"),
      run.count <= 18, bytes[run.dropFirst(2)].allSatisfy({ ByteClass.hex.contains($0) })
    {
      add(.prefixedHex, to: run.upperBound)
      return true
    }
    var digits = 0
    for byte in bytes[run] {
      guard ByteClass.hex.contains(byte) else { return false }
      if ByteClass.digit.contains(byte) { digits += 1 }
    }
    guard (8...64).contains(run.count), digits >= 2, digits < run.count else { return false }
    add(.number, to: run.upperBound, LineToken.NumberForm.hex.rawValue)
    return true
  }

  private var alphanumericRun: Range<Int> {
    var stop = index
    while isAlphanumeric(at: stop) { stop += 1 }
    return index..<stop
  }

  /// Letters and digits that change often: a key, a token, encoded text.
  private func isID(_ run: Range<Int>) -> Bool {
    var changes = 0
    var previous: Bool?
    for byte in bytes[run] {
      let isDigit = ByteClass.digit.contains(byte)
      if let previous, previous != isDigit { changes += 1 }
      previous = isDigit
    }
    return changes >= 3 && run.count >= 6 || changes >= 1 && run.count >= 24 || run.count > 40
  }

  // MARK: - Numbers

  mutating func number() {
    let run = alphanumericRun
    if run.count > 2, isID(run) { return add(.opaque, to: run.upperBound) }
    var scanner = ByteScanner(bytes, index, end)
    if scanner.duration(), !isAlphanumeric(at: scanner.index), scanner.index > index {
      return add(.duration, to: scanner.index)
    }
    if version() { return }
    scanner = ByteScanner(bytes, index, end)
    guard scanner.float() else {
      var stop = index + 1
      while isDigit(at: stop) { stop += 1 }
      return add(.opaque, to: stop)
    }
    if scanner.index < end, bytes[scanner.index] == UInt8(ascii: "%") { return add(.percent, to: scanner.index + 1) }
    if list() { return }
    add(.number, to: scanner.index, form(to: scanner.index))
    guard let last = tokens.last, last.detail == LineToken.NumberForm.integer.rawValue else { return }
    group(last)
  }

  /// Digits with two points and more: numbers of their own.
  private mutating func version() -> Bool {
    var scanner = ByteScanner(bytes, index, end)
    guard scanner.digits(1...20), scanner.skip("."), scanner.digits(1...20), scanner.skip("."), scanner.digits(1...20)
    else { return false }
    repeat {
      var stop = index
      while isDigit(at: stop) { stop += 1 }
      add(.number, to: stop)
      guard index < end, bytes[index] == UInt8(ascii: "."), isDigit(at: index + 1) else { return true }
      addPunctuation()
    } while true
  }

  private func form(to stop: Int) -> UInt8 {
    let hasFraction = bytes[index..<stop].contains { !ByteClass.digit.contains($0) && $0 != UInt8(ascii: "-") }
    return (hasFraction ? LineToken.NumberForm.float : .integer).rawValue
  }

  /// `440,192`: the number just taken with the groups after it.
  private mutating func group(_ first: LineToken) {
    guard first.range.count <= 3, bytes[first.range.lowerBound] != UInt8(ascii: "-") else { return }
    var scanner = ByteScanner(bytes, first.range.lowerBound, end)
    guard scanner.groupedDigits(), scanner.index > first.range.upperBound, !isAlphanumeric(at: scanner.index) else {
      return
    }
    if scanner.index < end, bytes[scanner.index] == UInt8(ascii: ","), isDigit(at: scanner.index + 1) { return }
    tokens.removeLast()
    index = first.range.lowerBound
    add(.number, to: scanner.index, LineToken.NumberForm.grouped.rawValue)
  }

  /// Three numbers and more, parted by commas. Whole numbers may be a text's tokens, so that such a list is never written down.
  private mutating func list() -> Bool {
    var scanner = ByteScanner(bytes, index, end)
    guard scanner.floats(), !isAlphanumeric(at: scanner.index) else { return false }
    let list = bytes[index..<scanner.index]
    var commas = 0
    var points = 0
    for byte in list {
      if byte == UInt8(ascii: ",") { commas += 1 }
      if byte == UInt8(ascii: ".") { points += 1 }
    }
    guard commas >= 2 else { return false }
    if points > commas {
      add(.number, to: scanner.index, LineToken.NumberForm.floats.rawValue)
    } else {
      add(.opaque, to: scanner.index)
    }
    return true
  }

  // MARK: - Words

  private mutating func word() {
    var stop = index
    while stop < end, ByteClass.letterOrUnderscore.contains(bytes[stop]) { stop += 1 }
    if stop < end, bytes[stop] >= 0x80 || stop - index > 40 {
      while stop < end, bytes[stop] >= 0x80 || ByteClass.word.contains(bytes[stop]) { stop += 1 }
      return add(.opaque, to: stop)
    }
    if let group = known(to: stop) { return add(.known, to: stop, UInt8(group.rawValue)) }
    add(.word, to: stop, role(of: index..<stop).rawValue)
  }

  private func known(to stop: Int) -> KnownWords.Group? {
    guard stop - index <= 8, !followsAlphanumeric, !isAlphanumeric(at: stop) else { return nil }
    let word = text(index..<stop)
    if let group = KnownWords.anywhere[word] { return group }
    let next = stop < end ? bytes[stop] : 0
    if word == "HTTP", next == UInt8(ascii: "/") { return .http }
    if next == 0x20, stop + 1 < end {
      let after = bytes[stop + 1]
      if let group = KnownWords.methods[word], after == UInt8(ascii: "/") || after == UInt8(ascii: "*") { return group }
      let isDay = isDigit(at: stop + 1) || after == 0x20 && isDigit(at: stop + 2)
      if let group = KnownWords.months[word], isDay { return group }
      if let group = KnownWords.weekdays[word], stop + 4 < end, KnownWords.months[text(stop + 1..<stop + 4)] != nil {
        return group
      }
    }
    let isMember = isPunctuation(tokens.dropLast(tokens.last?.kind == .spaces ? 1 : 0).last, UInt8(ascii: ":"))
    if isMember, isInsideObject, let group = KnownWords.asValues[word] { return group }
    if next == UInt8(ascii: "]"), isPunctuation(tokens.last, UInt8(ascii: "[")) { return KnownWords.asValues[word] }
    return nil
  }

  private func role(of range: Range<Int>) -> LineToken.Role {
    if isForeign { return .foreign }
    let last = tokens.last
    let back = last?.kind == .spaces ? 1 : 0
    let isValue = isPunctuation(tokens.dropLast(back).last, UInt8(ascii: "="))
    if let cue = word(back: back), last?.kind == .spaces, KnownWords.cues.contains(cue) { return .cued }
    if let key = word(back: back + 1), isValue || isPunctuation(tokens.dropLast(back).last, UInt8(ascii: ":")),
      KnownWords.cues.contains(key)
    {
      return .cued
    }
    if isValue, last?.kind == .spaces { return .cued }
    let isLetters = range.count >= 2 && !bytes[range].contains(UInt8(ascii: "_"))
    let next = range.upperBound
    let isGlued =
      isDigitRun(at: next) || next < end && bytes[next] == UInt8(ascii: "-") && isDigitRun(at: next + 1)
    return isLetters && isGlued ? .glued : .plain
  }

  /// Digits, and then neither a letter nor `_`.
  private func isDigitRun(at start: Int) -> Bool {
    var stop = start
    while isDigit(at: stop) { stop += 1 }
    return stop > start && !(stop < end && ByteClass.word.contains(bytes[stop]))
  }
}
