/// The words near the end of a line with which a marker may have begun, kept for the next line: a writer that wraps lines
/// or splits long entries cuts words in two.
///
/// Bounded: at most eight words of the last 128 bytes, looked for at the words in the first 128 bytes of the line that
/// follows, since collectors put their own fields around each part of an entry (CRI's `… stdout P `, Docker's
/// `{"log":"…","stream":"stdout"}`).
struct CanaryCarry {
  private static let capacity = 8
  private static let reach = 128

  /// `capacity` words of up to `CanarySet.longest` letters, in small letters.
  private var letters = [UInt8](repeating: 0, count: CanaryCarry.capacity * CanarySet.longest)
  private var counts = [Int](repeating: 0, count: CanaryCarry.capacity)
  private(set) var isEmpty = true

  init() {}

  mutating func removeAll() {
    for slot in counts.indices { counts[slot] = 0 }
    isEmpty = true
  }

  /// Takes what the end of a line may have cut. A line without a letter changes nothing.
  mutating func take(from line: UnsafeRawBufferPointer, _ set: CanarySet) {
    var end = line.count
    let floor = max(0, end - Self.reach)
    var next = 0
    var hasLetters = false
    while end > floor, next < Self.capacity {
      guard CanarySet.isLetter(line[end - 1]) else {
        end -= 1
        continue
      }
      if !hasLetters {
        hasLetters = true
        removeAll()
      }
      var start = end
      while start > 0, end - start < CanarySet.longest, CanarySet.isLetter(line[start - 1]) { start -= 1 }
      if end - start < CanarySet.longest {
        let place = next * CanarySet.longest
        for index in start..<end { letters[place + index - start] = line[index] | 0x20 }
        let isBeginning = letters.withUnsafeBytes {
          set.mayBegin(with: UnsafeRawBufferPointer(rebasing: $0[place..<place + end - start]))
        }
        if isBeginning {
          counts[next] = end - start
          isEmpty = false
          next += 1
        }
      }
      end = start
    }
  }

  /// Calls `body` with each marker of which one part was carried here and the other begins a word of this line, and with
  /// that part's place.
  func forEachMarker(completedBy line: UnsafeRawBufferPointer, _ set: CanarySet, _ body: (Int, Range<Int>) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: 2 * CanarySet.longest, alignment: 8) { whole in
      var start = 0
      while start < min(line.count, Self.reach) {
        guard CanarySet.isLetter(line[start]) else {
          start += 1
          continue
        }
        var end = start + 1
        while end < line.count, end - start < CanarySet.longest, CanarySet.isLetter(line[end]) { end += 1 }
        for slot in counts.indices where counts[slot] > 0 {
          let carried = counts[slot]
          for index in 0..<carried { whole[index] = letters[slot * CanarySet.longest + index] }
          for index in start..<end { whole[carried + index - start] = line[index] | 0x20 }
          let text = UnsafeRawBufferPointer(rebasing: whole[..<(carried + end - start)])
          if let marker = set.marker(leading: text), marker.count > carried {
            body(marker.index, start..<start + marker.count - carried)
          }
        }
        while end < line.count, CanarySet.isLetter(line[end]) { end += 1 }
        start = end
      }
    }
  }
}
