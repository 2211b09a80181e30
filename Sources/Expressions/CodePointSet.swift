/// A set of code points as sorted ranges that neither overlap nor touch.
struct CodePointSet: Sendable, Hashable {
  static let last: UInt32 = 0x10FFFF

  private(set) var ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>] = []) {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let previous = merged.last, range.lowerBound <= previous.upperBound + 1 {
        merged[merged.count - 1] = previous.lowerBound...max(previous.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  static let all = CodePointSet([0...last])
  static let allButNewline = CodePointSet([0...9, 11...last])

  var inverted: CodePointSet {
    var out: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { out.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= Self.last { out.append(next...Self.last) }
    return CodePointSet(out)
  }

  func union(_ other: CodePointSet) -> CodePointSet { CodePointSet(ranges + other.ranges) }

  /// With every code point that differs from one of these in case alone.
  var folded: CodePointSet {
    guard let highest = ranges.last?.upperBound else { return self }
    if highest < 0x80 { return foldedASCII }
    return union(CaseFolding.partners(of: self))
  }

  /// The common case needs no table: ASCII letters have each other, and `k` and `s` one partner outside.
  private var foldedASCII: CodePointSet {
    var out = ranges
    for letter in UInt32(0x41)...0x5A where contains(letter) != contains(letter + 0x20) {
      out += [letter...letter, (letter + 0x20)...(letter + 0x20)]
    }
    if contains(0x4B) || contains(0x6B) { out.append(0x212A...0x212A) }
    if contains(0x53) || contains(0x73) { out.append(0x17F...0x17F) }
    return CodePointSet(out)
  }

  func contains(_ point: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < point { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= point
  }
}
