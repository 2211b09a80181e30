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
}

/// Remembers texts by their skeleton: digits in their places, whichever they are. What is remembered of one is not what was
/// made of it but what must be looked at again to make the same of another, which is most often nothing.
///
/// All workers share one, without locks where nothing is to be redone: an entry is one word, and whoever overwrites it takes
/// nothing away but time. Its size is fixed (1 MiB); what is pushed out is judged afresh.
final class VerdictCache: @unchecked Sendable {
  /// Longer texts seldom come again.
  static let longestText = 8_192
  private static let places = 1 << 16

  let hash = SkeletonHash()
  /// Pairs of entries: 48 bits of the hash (the place says the other 16) and the number of what is to be redone, from 1. Only
  /// ever reached as atomic words, which makes sharing them safe.
  private let entries: UnsafeMutablePointer<Atomic<UInt64>>
  private let redos = Mutex(Redos())

  private struct Redos {
    var all = [Redo()]
    var numbers: [Redo: UInt64] = [Redo(): 1]
  }

  init() {
    entries = .allocate(capacity: 2 * Self.places)
    for index in 0..<2 * Self.places { (entries + index).initialize(to: Atomic(0)) }
  }

  deinit {
    entries.deinitialize(count: 2 * Self.places)
    entries.deallocate()
  }

  /// Whether a text with this hash was remembered and nothing is to be redone.
  @inline(__always)
  func isQuiet(_ hash: UInt64) -> Bool { number(for: hash) == 1 }

  /// What to redo for a text with this hash; nil where none was remembered.
  func redo(for hash: UInt64) -> Redo? {
    let number = number(for: hash)
    return number == 0 ? nil : redos.withLock { $0.all[Int(number) - 1] }
  }

  @inline(__always)
  private func number(for hash: UInt64) -> UInt64 {
    let pair = entries + 2 * Int(hash & 0xFFFF)
    let first = pair[0].load(ordering: .relaxed)
    if (first ^ hash) >> 16 == 0 { return first & 0xFFFF }
    let second = pair[1].load(ordering: .relaxed)
    guard (second ^ hash) >> 16 == 0 else { return 0 }
    // The one used last is the last to go.
    pair[0].store(second, ordering: .relaxed)
    pair[1].store(first, ordering: .relaxed)
    return second & 0xFFFF
  }

  func remember(_ hash: UInt64, _ redo: Redo) {
    let number: UInt64? = redos.withLock { redos in
      if let known = redos.numbers[redo] { return known }
      guard redos.all.count < 0xFFFF else { return nil }
      redos.all.append(redo)
      redos.numbers[redo] = UInt64(redos.all.count)
      return UInt64(redos.all.count)
    }
    guard let number else { return }
    let pair = entries + 2 * Int(hash & 0xFFFF)
    let first = pair[0].load(ordering: .relaxed)
    if (first ^ hash) >> 16 != 0 { pair[1].store(first, ordering: .relaxed) }
    pair[0].store(hash & ~0xFFFF | number, ordering: .relaxed)
  }
}
