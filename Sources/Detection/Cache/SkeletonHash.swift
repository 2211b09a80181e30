import Glibc

/// A hash by which texts are one that differ in nothing but which digits stand in the digits' places.
///
/// Its seed is not the same in two processes and is told to nobody, so nobody can make a text that is taken for another.
struct SkeletonHash: Sendable {
  private let first = UInt64.random(in: 1 ... .max)
  private let second = UInt64.random(in: 1 ... .max)

  /// - Parameter salt: what else the verdict depends on.
  func hash(_ bytes: UnsafeRawBufferPointer, salt: UInt64) -> UInt64 {
    let (hash, mayBeEncoded) = hash(bytes, salt: salt, masking: true)
    // Digits that say which character stands there are no digits of the text.
    guard mayBeEncoded, Self.holdsNumberedCharacters(bytes) else { return hash }
    return self.hash(bytes, salt: salt ^ second, masking: false).hash
  }

  /// A hash by which texts are one that are the same, byte for byte.
  func exactHash(_ bytes: UnsafeRawBufferPointer, salt: UInt64) -> UInt64 {
    hash(bytes, salt: ~salt, masking: false).hash
  }

  /// The hash of a text whose masked hash is `hash`, with something else added that its digits say.
  func hash(_ hash: UInt64, adding values: [UInt32]) -> UInt64 {
    values.reduce(hash ^ first) { mix($0 ^ UInt64($1), second ^ $0) }
  }

  @inline(__always)
  private func hash(
    _ bytes: UnsafeRawBufferPointer, salt: UInt64, masking: Bool
  ) -> (hash: UInt64, mayBeEncoded: Bool) {
    var state = mix(first ^ salt, second ^ UInt64(bytes.count))
    guard bytes.count >= 16, let base = bytes.baseAddress else {
      var words: (UInt64, UInt64) = (0, 0)
      withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) }
      absorb(words.0, words.1, masking, &state)
      return (mix(state, first), true)
    }
    var marks: UInt64 = 0
    var offset = 0
    while true {
      let low = (base + offset).loadUnaligned(as: UInt64.self)
      let high = (base + offset + 8).loadUnaligned(as: UInt64.self)
      if masking { marks |= Self.marks(low) | Self.marks(high) }
      absorb(low, high, masking, &state)
      if offset + 16 == bytes.count { break }
      // The last block overlaps the one before it.
      offset = min(offset + 16, bytes.count - 16)
    }
    return (mix(state, first), marks != 0)
  }

  @inline(__always)
  private func absorb(_ low: UInt64, _ high: UInt64, _ masking: Bool, _ state: inout UInt64) {
    state = mix((masking ? Self.masked(low) : low) ^ first, (masking ? Self.masked(high) : high) ^ state)
  }

  /// Both halves of the product, folded.
  @inline(__always)
  private func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  // Eight bytes at a time in a plain word: vectors of bytes, compared, compile to a loop over their lanes.
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Every digit a `0`.
  @inline(__always)
  private static func masked(_ word: UInt64) -> UInt64 {
    // Below ten where a digit stands.
    let value = word ^ 0x30 &* ones
    let digits = ~((value & ~tops) &+ (0x80 - 10) &* ones | value) & tops
    return word ^ value & (digits << 1 &- digits >> 7)
  }

  /// Not nought where a backslash or a percent sign stands.
  @inline(__always)
  private static func marks(_ word: UInt64) -> UInt64 {
    let (slash, percent) = (word ^ 0x5C &* ones, word ^ 0x25 &* ones)
    return ((slash &- ones) & ~slash | (percent &- ones) & ~percent) & tops
  }

  // MARK: Characters by number

  /// Whether digits of the text say which characters stand in it: `\u0041`, `\x41`, `%41`, and what may become one of these
  /// when colours are taken out.
  static func holdsNumberedCharacters(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var hasPercent = false
    for index in bytes.indices {
      if bytes[index] == 0x5C {
        guard index + 1 < bytes.count else { return false }
        if bytes[index + 1] == 0x75 || bytes[index + 1] == 0x78 { return true }
      } else if bytes[index] == 0x25 {
        hasPercent = true
        guard index + 2 < bytes.count else { continue }
        let pair = (bytes[index + 1], bytes[index + 2])
        if isHex(pair.0), isHex(pair.1), isDigit(pair.0) || isDigit(pair.1) { return true }
      }
    }
    return hasPercent && memchr(base, 0x1B, bytes.count) != nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  private static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
}
