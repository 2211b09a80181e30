/// Cuts a line into tokens: values of the types that slots have, words, and what stands between them.
///
/// A word's role says where it stands: after `user`, in quotes, as the value of a key it may be somebody's and not the program's.
struct LineTokenizer {
  /// A longer line is one opaque token.
  static let maximumBytes = 4_096
  static let maximumTokens = 300

  /// Names that the inventory declares.
  let declared: [(kind: FleetNames.Kind, names: LiteralSet)]
  var tokens: [LineToken] = []
  var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  var index = 0
  var end = 0
  /// Words are inside quotes, or the value of a key: nobody says that they are the program's.
  var isForeign = false

  init(_ names: FleetNames) {
    declared = FleetNames.Kind.allCases.compactMap { kind in
      let usable = (names.names[kind] ?? []).filter { $0.utf8.count >= 4 }
      return usable.isEmpty ? nil : (kind, LiteralSet(usable))
    }
  }

  mutating func tokenize(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    tokens.removeAll(keepingCapacity: true)
    isForeign = false
    index = range.lowerBound
    end = range.upperBound
    guard range.count <= Self.maximumBytes else { return add(.opaque, to: end) }
    header()
    scan(to: range.upperBound)
  }

  /// A value by itself, such as a label's.
  mutating func tokenize(value bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    tokens.removeAll(keepingCapacity: true)
    isForeign = true
    (index, end) = (0, bytes.count)
    scan(to: bytes.count)
  }

  mutating func add(_ kind: LineToken.Kind, to stop: Int, _ detail: UInt8 = 0) {
    if stop > index { tokens.append(LineToken(kind: kind, range: index..<stop, detail: detail)) }
    index = stop
  }

  mutating func addPunctuation() { add(.punctuation, to: index + 1, bytes[index]) }

  // MARK: - The loop

  mutating func scan(to stop: Int) {
    let outer = end
    end = stop
    defer { end = outer }
    while index < end {
      guard tokens.count < Self.maximumTokens else { return add(.opaque, to: end) }
      step()
    }
  }

  private mutating func step() {
    let byte = bytes[index]
    switch byte {
    case 0x20: spaces()
    case 0x1B: colour()
    case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"):
      if !quoted(byte) { addPunctuation() }
    case UInt8(ascii: "="):
      addPunctuation()
      value()
    case UInt8(ascii: ":"):
      addPunctuation()
      restAfterContentKey()
    case UInt8(ascii: "/") where startsPath: path()
    case UInt8(ascii: "-") where !followsAlphanumeric && isDigit(at: index + 1): number()
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      if !followsAlphanumeric, declaredName() { return }
      identifier()
    case 0x80...:
      if !art() { foreignWord() }
    case 0x09, 0x21...0x7E: addPunctuation()
    default: add(.opaque, to: index + 1)
    }
  }

  // MARK: - Looking around

  func isDigit(at place: Int) -> Bool { place < end && ByteClass.digit.contains(bytes[place]) }
  func isAlphanumeric(at place: Int) -> Bool { place < end && ByteClass.alphanumeric.contains(bytes[place]) }
  var followsAlphanumeric: Bool {
    tokens.last.map { $0.range.upperBound == index && ByteClass.alphanumeric.contains(bytes[index - 1]) } ?? false
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func isPunctuation(_ token: LineToken?, _ byte: UInt8) -> Bool {
    token.map { $0.kind == .punctuation && $0.detail == byte } ?? false
  }

  /// The word `back` tokens before the end, in small letters.
  func word(back: Int) -> String? {
    guard tokens.count > back else { return nil }
    let token = tokens[tokens.count - 1 - back]
    return token.kind == .word || token.kind == .known ? text(token.range).lowercased() : nil
  }

  // MARK: - Spaces, colours, frames

  private mutating func spaces() {
    var stop = index
    while stop < end, bytes[stop] == 0x20 { stop += 1 }
    add(.spaces, to: stop)
  }

  /// `ESC [ 1 ; 31 m`: the figures are figures.
  private mutating func colour() {
    addPunctuation()
    guard index < end, bytes[index] == UInt8(ascii: "[") else { return }
    addPunctuation()
    while isDigit(at: index) {
      var stop = index
      while isDigit(at: stop) { stop += 1 }
      add(.number, to: stop, LineToken.NumberForm.integer.rawValue)
      guard index < end, bytes[index] == UInt8(ascii: ";") else { break }
      addPunctuation()
    }
    if index < end, bytes[index] == UInt8(ascii: "m") { addPunctuation() }
  }

  /// Characters of frames, with the spaces around them.
  private mutating func art() -> Bool {
    var start = index
    if let last = tokens.last, last.kind == .spaces { start = last.range.lowerBound }
    var scanner = ByteScanner(bytes, start, end)
    guard scanner.art(), scanner.index > index else { return false }
    if start < index { tokens.removeLast() }
    index = start
    add(.art, to: scanner.index)
    return true
  }

  /// Words with letters beyond ASCII: a program's own are in English.
  private mutating func foreignWord() {
    var stop = index
    while stop < end, bytes[stop] >= 0x80 || ByteClass.word.contains(bytes[stop]) { stop += 1 }
    add(.opaque, to: stop)
  }

  // MARK: - Names and paths

  /// A name that the inventory declares, by itself.
  private mutating func declaredName() -> Bool {
    for (kind, names) in declared {
      guard let stop = names.end(bytes, index, end), !isAlphanumeric(at: stop) else { continue }
      if stop < end, ByteClass.identifier.contains(bytes[stop]), isAlphanumeric(at: stop + 1) { continue }
      let detail = UInt8(FleetNames.Kind.allCases.firstIndex(of: kind) ?? 0)
      add(.declared, to: stop, detail)
      return true
    }
    return false
  }

  private var startsPath: Bool {
    guard index + 1 < end, !followsAlphanumeric else { return false }
    // Java writes addresses so.
    var scanner = ByteScanner(bytes, index + 1, end)
    if isDigit(at: index + 1), scanner.ip(), !isAlphanumeric(at: scanner.index) { return false }
    return ByteClass.word.contains(bytes[index + 1]) || bytes[index + 1] == UInt8(ascii: "{")
  }

  /// To where a space, a quote or a closing bracket ends it; a query string is part of it.
  private mutating func path() {
    for (kind, names) in declared where kind == .weights {
      if let stop = names.end(bytes, index, end), stop == end || !ByteClass.identifier.contains(bytes[stop]) {
        return add(.declared, to: stop, UInt8(FleetNames.Kind.allCases.firstIndex(of: kind) ?? 0))
      }
    }
    var stop = index
    while stop < end, !Self.endsValue(bytes[stop]) { stop += 1 }
    while stop > index + 1, bytes[stop - 1] == UInt8(ascii: ".") || bytes[stop - 1] == UInt8(ascii: ":") { stop -= 1 }
    add(.opaque, to: stop)
  }

  static func endsValue(_ byte: UInt8) -> Bool {
    byte <= 0x20
      || [
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "\""),
        UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ">"), UInt8(ascii: "|"),
      ].contains(byte)
  }

  /// Tokens from `first` on become one that is never written down, where a word is among them.
  mutating func closeForeign(from first: Int) {
    guard tokens.count > first,
      tokens[first...].contains(where: { $0.kind == .word || $0.kind == .opaque })
    else { return }
    let range = tokens[first].range.lowerBound..<index
    tokens.removeLast(tokens.count - first)
    tokens.append(LineToken(kind: .opaque, range: range))
  }
}
