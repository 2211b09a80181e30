import TestSupport

/// Line and column by the plainest way there is, to hold the quick ones against.
func naivePlace(_ offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
  let before = String(decoding: bytes[..<offset], as: UTF8.self).unicodeScalars
  let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
  return (lines.count, (lines.last?.count ?? 0) + 1)
}

extension [UInt8] {
  /// Cut short, and with a few bytes changed.
  func damaged(_ random: inout SeededGenerator) -> [UInt8] {
    guard !isEmpty else { return self }
    var copy = self
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      copy[Int.random(in: 0..<count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    return Bool.random(using: &random) ? Array(copy.prefix(Int.random(in: 0...count, using: &random))) : copy
  }
}
