/// A set of bytes.
struct ByteSet: Hashable, Sendable {
  private var words = SIMD4<UInt64>()

  static let digits = ByteSet(0x30...0x39)
  static let word = ByteSet(0x30...0x39).union(ByteSet(0x41...0x5A)).union(ByteSet(0x61...0x7A)).union(
    ByteSet(0x5F...0x5F))
  static let space = ByteSet(0x09...0x0D).union(ByteSet(0x20...0x20))
  static let all = ByteSet().inverted

  init() {}

  init(_ range: ClosedRange<UInt8>) {
    for byte in range { insert(byte) }
  }

  var isEmpty: Bool { words == SIMD4<UInt64>() }
  var inverted: ByteSet {
    var result = self
    result.words = ~words
    return result
  }
  var members: [UInt8] { (0...255).filter(contains) }
  var count: Int { (0..<4).reduce(0) { $0 + words[$1].nonzeroBitCount } }

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

  func union(_ other: ByteSet) -> ByteSet {
    var result = self
    result.words |= other.words
    return result
  }

  func intersection(_ other: ByteSet) -> ByteSet {
    var result = self
    result.words &= other.words
    return result
  }

  /// Some digits and not others.
  var splitsDigits: Bool {
    let digits = intersection(.digits)
    return !digits.isEmpty && digits != .digits
  }
}
