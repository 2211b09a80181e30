/// Tells which words of a text only repeat those before them, so that a list of one name in forty places says what it says
/// once: else each repetition would add to the score.
///
/// A word comes with the marks behind it. From the third time on that the same one to four words come round, they are
/// repetition.
struct Repetition {
  /// So many words back the same ones are looked for.
  private static let longestPeriod = 4

  /// Hashes of the latest words, the newest first.
  private var latest = SIMD4<UInt64>(repeating: 0)
  /// For each period, how many words in a row equal the one that many places before; without letters they don't count.
  private var run = SIMD4<UInt64>(repeating: 0)
  private var sinceLetters = 0

  /// Whether the next word, of that hash, is repetition.
  mutating func repeats(_ hash: UInt64, hasLetters: Bool) -> Bool {
    let same = latest .== SIMD4(repeating: hash)
    sinceLetters = hasLetters ? 0 : min(sinceLetters + 1, Self.longestPeriod)
    run = (run &+ 1).replacing(with: 0, where: .!same)
    latest = SIMD4(hash, latest.x, latest.y, latest.z)
    for period in 1...Self.longestPeriod where run[period - 1] >= 2 * period && sinceLetters < period { return true }
    return false
  }
}
