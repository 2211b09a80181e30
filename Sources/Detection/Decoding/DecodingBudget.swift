/// What decoding one specimen may cost, in all its depths together.
final class DecodingBudget {
  /// Encoded runs of a specimen (at most 2 MB) come to less than that unless they were compressed.
  static let usual = 2 << 20

  private let maximumBytes: Int
  private var bytes = 0
  private var attempts = 0
  /// A limit stopped something.
  private(set) var wasExceeded = false

  init(bytes: Int) { maximumBytes = bytes }

  func begin(_ specimen: Int) {
    bytes = maximumBytes
    // Four alignments, at three depths, and as much again for runs that are looked at from several beginnings.
    attempts = 32 * specimen + 65_536
    wasExceeded = false
  }

  /// Bytes that may still come out.
  var left: Int { bytes }

  func exceed() { wasExceeded = true }

  /// Counts what came out of a run.
  func spend(_ count: Int) { bytes = max(0, bytes - count) }

  /// Whether an attempt that looks at so many bytes may be made.
  func attempt(_ count: Int) -> Bool {
    guard attempts >= count else {
      wasExceeded = true
      return false
    }
    attempts -= count
    return true
  }
}
