/// Identifiers: what names a request, a card, a host, a place in a program.
extension ByteScanner {
  mutating func ip() -> Bool {
    let start = index
    if ipv4() { return true }
    index = start
    return ipv6()
  }

  private mutating func ipv4() -> Bool {
    for part in 0..<4 {
      if part > 0, !skip(".") { return false }
      guard next(is: .digit), take(.digit, 1...3) else { return false }
    }
    return true
  }

  /// Groups of hexadecimal digits with at least two colons, in brackets or not.
  private mutating func ipv6() -> Bool {
    let isBracketed = skip("[")
    var colons = 0
    let start = index
    while index < limit, index - start < 40 {
      if bytes[index] == UInt8(ascii: ":") { colons += 1 } else if !ByteClass.hex.contains(bytes[index]) { break }
      index += 1
    }
    return (2...7).contains(colons) && (!isBracketed || skip("]"))
  }

  mutating func uuid() -> Bool {
    hex(8...8) && skip("-") && hex(4...4) && skip("-") && hex(4...4) && skip("-") && hex(4...4) && skip("-")
      && hex(12...12)
  }

  mutating func requestID() -> Bool {
    if !skip("chatcmpl-") { skip("cmpl-") }
    let start = index
    if !uuid() {
      index = start
      guard hex(16...32), index - start == 16 || index - start == 32 else { return false }
    }
    let end = index
    if !(skip("-") && hex(8...8)) { index = end }
    return true
  }

  mutating func mac() -> Bool {
    for part in 0..<6 {
      if part > 0, !skip(":") { return false }
      guard hex(2...2) else { return false }
    }
    return true
  }

  mutating func version() -> Bool {
    if !skip("v") { skip("go") }
    return run(1...40, first: .digit, then: .versionSuffix)
  }

  /// Folders of the program, a file, its extension, a line: `v1/engine/async_llm.py:587`.
  mutating func source() -> Bool {
    let start = index
    while index < limit, index - start < 128 {
      guard skip("...") || take(.word, 1...64) else { return false }
      if skip("/") { continue }
      return (skip(".py:") || skip(".go:")) && digits(1...6)
    }
    return false
  }

  mutating func file() -> Bool {
    let start = index
    guard skip("/") else { return false }
    while next(is: .identifier) {
      guard take(.identifier, 1...63), index - start <= 200 else { return false }
      if !skip("/") { break }
    }
    return true
  }

  /// Spaces and the characters that tables and banners are drawn with: U+2500 to U+259F is E2 94 80 to E2 96 9F.
  mutating func art() -> Bool {
    let start = index
    while index < limit, index - start <= 1_000 {
      if skip(" ") { continue }
      guard limit - index >= 3, bytes[index] == 0xE2, (0x94...0x96).contains(bytes[index + 1]),
        (0x80...0xBF).contains(bytes[index + 2]), bytes[index + 1] < 0x96 || bytes[index + 2] <= 0x9F
      else { break }
      index += 3
    }
    return (1...1_000).contains(index - start)
  }

  /// Class names of a module path: each begins with a capital.
  mutating func exception() -> Bool {
    let start = index
    while next(is: .upper), take(.alphanumeric, 1...63) {
      guard index - start <= 64 else { return false }
      let end = index
      if !(skip(".") && next(is: .upper)) {
        index = end
        return true
      }
    }
    return false
  }
}
