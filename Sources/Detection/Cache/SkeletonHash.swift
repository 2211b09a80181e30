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
      var block = SIMD16<UInt8>()
      for index in bytes.indices { block[index] = bytes[index] }
      absorb(block, masking, &state)
      return (mix(state, first), true)
    }
    var marks = SIMD16<UInt8>()
    var offset = 0
    while true {
      let block = (base + offset).loadUnaligned(as: SIMD16<UInt8>.self)
      if masking { marks |= Self.marks(block) }
      absorb(block, masking, &state)
      if offset + 16 == bytes.count { break }
      // The last block overlaps the one before it.
      offset = min(offset + 16, bytes.count - 16)
    }
    let halves = unsafeBitCast(marks, to: SIMD2<UInt64>.self)
    return (mix(state, first), halves[0] | halves[1] != 0)
  }

  @inline(__always)
  private func absorb(_ block: SIMD16<UInt8>, _ masking: Bool, _ state: inout UInt64) {
    let halves = unsafeBitCast(masking ? Self.masked(block) : block, to: SIMD2<UInt64>.self)
    state = mix(halves[0] ^ first, halves[1] ^ state)
  }

  /// Both halves of the product, folded.
  @inline(__always)
  private func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  /// Every digit a `0`. (A comparison's mask is all ones or all zeroes in each lane; `replacing(with:where:)` compiles to a
  /// call a lane.)
  @inline(__always)
  private static func masked(_ block: SIMD16<UInt8>) -> SIMD16<UInt8> {
    let value = block &- SIMD16(repeating: 0x30)
    return block &- (value & unsafeBitCast(value .< SIMD16(repeating: 10), to: SIMD16<UInt8>.self))
  }

  /// All ones where a backslash or a percent sign stands.
  @inline(__always)
  private static func marks(_ block: SIMD16<UInt8>) -> SIMD16<UInt8> {
    unsafeBitCast(block .== SIMD16(repeating: 0x5C), to: SIMD16<UInt8>.self)
      | unsafeBitCast(block .== SIMD16(repeating: 0x25), to: SIMD16<UInt8>.self)
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
