import Synchronization

/// What to look at again in a text whose skeleton was judged before and in which nothing was seen then.
struct Redo: Hashable {
  /// Rules that could find something in a text with other digits.
  var rules = RuleSet()
  /// Runs that could stand for text, or be as good as random, with other digits.
  var runs = false
  /// The language model reads the figures of a list.
  var integers = false
  /// Escapes are to be undone before rules look again.
  var decoded = false

  var isNothing: Bool { self == Redo() }
}

/// Remembers texts by their skeleton: digits in their places, whichever they are. What is remembered of one is not what was
/// made of it but what must be looked at again to make the same of another, which is most often nothing.
///
/// A worker's own: no lock, a fixed size (1 MiB), and what is pushed out is judged afresh.
final class VerdictCache: @unchecked Sendable {
  // Never used by two workers at once; the pool hands each cache to one judge at a time.
  private static let places = 1 << 16
  /// Pairs of entries: 48 bits of the hash (the place says the other 16) and the number of what is to be redone, from 1.
  private let entries: UnsafeMutablePointer<UInt64>
  private var redos: [Redo] = [Redo()]
  private var numbers: [Redo: UInt64] = [Redo(): 1]

  init() {
    entries = .allocate(capacity: 2 * Self.places)
    entries.initialize(repeating: 0, count: 2 * Self.places)
  }

  deinit { entries.deallocate() }

  /// What to redo for a text with this hash; nil where none was remembered.
  @inline(__always)
  func redo(for hash: UInt64) -> Redo? {
    let number = number(for: hash)
    return number == 0 ? nil : redos[Int(number) - 1]
  }

  /// Whether a text with this hash was remembered and nothing is to be redone.
  @inline(__always)
  func isQuiet(_ hash: UInt64) -> Bool { number(for: hash) == 1 }

  @inline(__always)
  private func number(for hash: UInt64) -> UInt64 {
    let pair = entries + 2 * Int(hash & 0xFFFF)
    if (pair[0] ^ hash) >> 16 == 0 { return pair[0] & 0xFFFF }
    guard (pair[1] ^ hash) >> 16 == 0 else { return 0 }
    swap(&pair[0], &pair[1])
    return pair[0] & 0xFFFF
  }

  func remember(_ hash: UInt64, _ redo: Redo) {
    let number: UInt64
    if let known = numbers[redo] {
      number = known
    } else {
      guard redos.count < 0xFFFF else { return }
      redos.append(redo)
      number = UInt64(redos.count)
      numbers[redo] = number
    }
    let pair = entries + 2 * Int(hash & 0xFFFF)
    if (pair[0] ^ hash) >> 16 != 0 { pair[1] = pair[0] }
    pair[0] = hash & ~0xFFFF | number
  }
}

/// The caches that no judge uses at the moment: a judge of the next file goes on with what one before it learnt. Which cache
/// it gets changes its speed and nothing else.
final class VerdictCaches: Sendable {
  /// One for all caches, since they are handed on.
  let hash = SkeletonHash()
  private let idle = Mutex<[VerdictCache]>([])

  func take() -> VerdictCache { idle.withLock { $0.popLast() } ?? VerdictCache() }

  func giveBack(_ cache: VerdictCache) { idle.withLock { $0.append(cache) } }
}
