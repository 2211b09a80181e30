/// A set of rules by index, small enough to be passed about in registers.
struct RuleSet: Hashable, Sendable {
  /// Most rules that one set of detectors holds.
  static let capacity = 256

  private(set) var words = SIMD4<UInt64>()

  @inline(__always) var isEmpty: Bool { words == SIMD4<UInt64>() }

  @inline(__always) mutating func insert(_ rule: Int) { words[rule >> 6] |= 1 << UInt64(rule & 63) }

  @inline(__always) func contains(_ rule: Int) -> Bool { words[rule >> 6] >> UInt64(rule & 63) & 1 == 1 }

  @inline(__always) mutating func formUnion(_ other: RuleSet) { words |= other.words }

  @inline(__always) func union(_ other: RuleSet) -> RuleSet { RuleSet(words: words | other.words) }

  @inline(__always) func intersection(_ other: RuleSet) -> RuleSet { RuleSet(words: words & other.words) }

  init() {}
  private init(words: SIMD4<UInt64>) { self.words = words }
}

extension RuleSet: Sequence {
  /// The rules in ascending order.
  struct Iterator: IteratorProtocol {
    fileprivate var words: SIMD4<UInt64>
    fileprivate var index = 0

    mutating func next() -> Int? {
      while index < 4 {
        let word = words[index]
        if word != 0 {
          words[index] = word & (word - 1)
          return index << 6 + word.trailingZeroBitCount
        }
        index += 1
      }
      return nil
    }
  }

  func makeIterator() -> Iterator { Iterator(words: words) }
}
