/// Line and column by the plainest way there is, to hold the quick ones against.
func naivePlace(_ offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
  let before = String(decoding: bytes[..<offset], as: UTF8.self).unicodeScalars
  let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
  return (lines.count, (lines.last?.count ?? 0) + 1)
}

/// A small generator of repeatable numbers (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension [UInt8] {
  /// Cut short, and with a few bytes changed.
  func damaged(_ random: inout Seeded) -> [UInt8] {
    guard !isEmpty else { return self }
    var copy = self
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      copy[Int.random(in: 0..<count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    return Bool.random(using: &random) ? Array(copy.prefix(Int.random(in: 0...count, using: &random))) : copy
  }
}
