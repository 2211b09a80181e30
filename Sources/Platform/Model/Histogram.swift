/// A histogram's buckets, not cumulative. Counts are fractional, as rates are between events; they are shown rounded down.
struct Histogram: Sendable, Hashable {
  /// Upper bounds, ascending, the last infinite.
  let bounds: [Double]
  private(set) var counts: [Double]
  private(set) var sum = 0.0

  init(bounds: [Double]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count)
  }

  mutating func observe(_ value: Double, count: Double = 1) {
    guard let bucket = bounds.firstIndex(where: { value <= $0 }) else { return }
    counts[bucket] += count
    sum += value * count
  }

  mutating func merge(_ other: Histogram) {
    for index in counts.indices { counts[index] += other.counts[index] }
    sum += other.sum
  }

  /// Cumulative counts, one a bound; the last is the count of the whole.
  var cumulative: [Double] {
    var total = 0.0
    return counts.map { count in
      total += count
      return total.rounded(.down)
    }
  }
}
