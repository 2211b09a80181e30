/// Walks over bytes by grammars. A step that fails may leave `index` behind what it took; whoever tries another way sets it back.
struct ByteScanner {
  let bytes: UnsafeRawBufferPointer
  let limit: Int
  var index: Int

  init(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) {
    self.bytes = bytes
    self.limit = limit
    index = start
  }

  @inline(__always) var isAtEnd: Bool { index >= limit }

  func next(is byteClass: ByteClass) -> Bool { index < limit && byteClass.contains(bytes[index]) }

  @discardableResult
  mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard limit - index >= count else { return false }
    for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
    index += count
    return true
  }

  /// Takes as many bytes of a class as there are, up to one more than the most that are allowed.
  mutating func take(_ byteClass: ByteClass, _ counts: ClosedRange<Int>) -> Bool {
    let start = index
    while index < limit, index - start <= counts.upperBound, byteClass.contains(bytes[index]) { index += 1 }
    return counts.contains(index - start)
  }

  mutating func digits(_ counts: ClosedRange<Int>) -> Bool { take(.digit, counts) }

  mutating func hex(_ counts: ClosedRange<Int>) -> Bool { take(.hex, counts) }

  /// One byte of `first`, then bytes of `rest`; a sentence's full stop, and a hyphen or colon before a break, are not taken in.
  mutating func run(_ counts: ClosedRange<Int>, first: ByteClass, then rest: ByteClass) -> Bool {
    let start = index
    guard next(is: first) else { return false }
    index += 1
    guard take(rest, 0...counts.upperBound - 1) else { return false }
    while index > start + 1, !ByteClass.word.contains(bytes[index - 1]) { index -= 1 }
    return true
  }

  mutating func number(_ range: ClosedRange<Int>) -> Bool {
    let start = index
    guard digits(1...5) else { return false }
    return range.contains(bytes[start..<index].reduce(0) { $0 * 10 + Int($1 &- 0x30) })
  }

  mutating func groupedDigits() -> Bool {
    guard digits(1...20) else { return false }
    var end = index
    while skip(","), digits(3...3) { end = index }
    index = end
    return true
  }

  mutating func float() -> Bool {
    if skip("NaN") || skip("nan") { return true }
    if !skip("-") { skip("+") }
    if skip("Inf") || skip("inf") { return true }
    guard digits(1...20) else { return false }
    var end = index
    if skip("."), digits(1...20) { end = index } else { index = end }
    if skip("e") || skip("E") {
      if !skip("-") { skip("+") }
      if digits(1...3) { end = index }
    }
    index = end
    return true
  }

  mutating func floats() -> Bool {
    guard float() else { return false }
    var end = index
    while skip(", "), float() { end = index }
    index = end
    return true
  }

  mutating func duration() -> Bool {
    if !skip("-") { skip("+") }
    var end: Int?
    while digits(1...20) {
      if skip("."), !digits(1...20) { break }
      guard skip("ns") || skip("us") || skip("µs") || skip("ms") || skip("s") || skip("m") || skip("h") else { break }
      end = index
    }
    guard let end else { return false }
    index = end
    return true
  }

  mutating func time() -> Bool {
    guard digits(2...2), skip(":"), digits(2...2), skip(":"), digits(2...2) else { return false }
    let end = index
    if !((skip(".") || skip(",")) && digits(1...9)) { index = end }
    return true
  }

  mutating func timestamp() -> Bool {
    guard digits(4...4), skip("-"), digits(2...2), skip("-"), digits(2...2), skip("T") || skip(" "), time() else {
      return false
    }
    if skip("Z") { return true }
    let end = index
    if !((skip("+") || skip("-")) && digits(2...2) && (skip(":") || true) && digits(2...2)) { index = end }
    return true
  }
}
