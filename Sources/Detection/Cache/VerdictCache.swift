import Synchronization

/// What to look at again in a text whose skeleton was judged before and in which nothing was seen then.
struct Redo: Hashable {
  /// What the evidence that no digit changes sums to, in quarters and rounded up. Whoever asks for content alone needs no more
  /// of it where the sum stays below the threshold.
  var quarters: Int16 = 0
  /// Rules that could find something in a text with other digits.
  var rules = RuleSet()
  /// Runs that could stand for text, or be as good as random, with other digits.
  var runs = false
  /// The language model reads the figures of a list.
  var integers = false
  /// Escapes are to be undone before rules look again.
  var decoded = false

  /// Nothing has to be looked at again, whatever the sum.
  var isNothing: Bool { rules.isEmpty && !runs && !integers }
}

/// Remembers texts by their skeleton: digits in their places, whichever they are. What is remembered of one is not what was
/// made of it but what must be looked at again to make the same of another, which is most often nothing.
///
/// All workers share one, without locks where nothing is to be redone: an entry is one word, and whoever overwrites it takes
/// nothing away but time. Its size is fixed (2 MiB); what is pushed out is judged afresh.
final class VerdictCache: @unchecked Sendable {
  /// Longer texts seldom come again.
  static let longestText = 8_192
  private static let places = 1 << 16
  fileprivate static let ways = 4

  /// Where entries are found, without the cache itself: counting references to one object for each line makes workers wait for
  /// each other. Of use as long as the cache is there.
  struct Index: @unchecked Sendable {
    let hash = SkeletonHash()
    fileprivate let entries: UnsafeMutablePointer<Atomic<UInt64>>

    /// Whether a text with this hash was remembered and nothing is to be redone.
    @inline(__always)
    func isQuiet(_ hash: UInt64) -> Bool { number(for: hash) == 1 }

    @inline(__always)
    fileprivate func number(for hash: UInt64) -> UInt64 {
      let place = entries + VerdictCache.ways * Int(hash & 0xFFFF)
      for way in 0..<VerdictCache.ways {
        let entry = place[way].load(ordering: .relaxed)
        guard (entry ^ hash) >> 16 == 0 else { continue }
        // What is used often is the last to go. The first two stay where they are: a write takes the line from the other workers.
        if way > 1 {
          place[way].store(place[way - 1].load(ordering: .relaxed), ordering: .relaxed)
          place[way - 1].store(entry, ordering: .relaxed)
        }
        return entry & 0xFFFF
      }
      return 0
    }
  }

  let index: Index
  var hash: SkeletonHash { index.hash }
  /// Places of four entries: 48 bits of the hash (the place says the other 16) and the number of what is to be redone, from 1. Only
  /// ever reached as atomic words, which makes sharing them safe.
  private var entries: UnsafeMutablePointer<Atomic<UInt64>> { index.entries }
  private let redos = Mutex(Redos())

  private struct Redos {
    var all = [Redo()]
    var numbers: [Redo: UInt64] = [Redo(): 1]
  }

  init() {
    index = Index(entries: .allocate(capacity: Self.ways * Self.places))
    for index in 0..<Self.ways * Self.places { (entries + index).initialize(to: Atomic(0)) }
  }

  deinit {
    entries.deinitialize(count: Self.ways * Self.places)
    entries.deallocate()
  }

  /// Whether a text with this hash was remembered and nothing is to be redone.
  func isQuiet(_ hash: UInt64) -> Bool { index.isQuiet(hash) }

  /// What to redo for a text with this hash; nil where none was remembered.
  func redo(for hash: UInt64) -> Redo? {
    let number = index.number(for: hash)
    return number == 0 ? nil : redos.withLock { $0.all[Int(number) - 1] }
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
    let place = entries + Self.ways * Int(hash & 0xFFFF)
    var entry = hash & ~0xFFFF | number
    for way in 0..<Self.ways {
      let next = place[way].load(ordering: .relaxed)
      place[way].store(entry, ordering: .relaxed)
      if next == 0 || (next ^ hash) >> 16 == 0 { return }
      entry = next
    }
  }
}
