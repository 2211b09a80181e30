import Glibc
import Vocabulary

/// Looks for planted markers in the specimens of a source, one after another, and counts how much of each planted message
/// was seen. Each judge has its own; nothing is allocated for a specimen but what a larger one needs once.
final class CanaryReader {
  private let set: CanarySet
  private var folded = Scratch()
  private var carry = CanaryCarry()
  /// What the specimen at hand leaves to the next one of the source.
  private var leaving = CanaryCarry()
  /// What a line leaves to the next one of a layer.
  private var cut = CanaryCarry()
  private var carries = false

  // Counting with stamps: an entry of another number is none of this specimen or source.
  private var specimen: UInt32 = 0
  private var source: UInt32 = 0
  private var seenInSpecimen: [UInt32]
  private var seenInSource: [UInt32]
  private var messages: [(source: UInt32, found: Int)]

  /// Distinct markers in the specimen.
  private(set) var markers = 0
  /// From the first marker's first byte to the last one's end, in the specimen.
  private(set) var range: Range<Int>?
  /// Of the message of which most was seen in this source, among those in the specimen.
  private(set) var extent: CanaryExtent?

  init(_ set: CanarySet) {
    self.set = set
    seenInSpecimen = Array(repeating: 0, count: set.count)
    seenInSource = Array(repeating: 0, count: set.count)
    messages = Array(repeating: (0, 0), count: set.messageCount)
    beginSource()
    begin(carrying: false)
  }

  /// Forgets what was seen: the next specimen is of another source.
  func beginSource() {
    source += 1
    carries = false
    carry.removeAll()
  }

  /// Begins the next specimen of the source.
  ///
  /// - Parameter carrying: Whether it may go on where the one before it ended, and the next one after it.
  func begin(carrying: Bool) {
    if carries { swap(&carry, &leaving) }
    carries = carrying
    specimen &+= 1
    if specimen == 0 {
      for index in seenInSpecimen.indices { seenInSpecimen[index] = 0 }
      specimen = 1
    }
    markers = 0
    range = nil
    extent = nil
  }

  /// Searches one layer of the specimen.
  ///
  /// - Parameters:
  ///   - isText: It is the specimen itself, or the whole of it without its escapes: what is cut at its end goes on in the
  ///     next one. The last such layer counts.
  ///   - place: The place in the specimen of a place in the layer; asked for once where anything is found.
  func search(_ bytes: UnsafeRawBufferPointer, isText: Bool, place: (Range<Int>) -> Range<Int>) {
    var found: Range<Int>?
    set.forEachMatch(in: bytes) { count($0, $1, &found) }
    if CanaryFolding.concerns(bytes) {
      // Besides the text as it stands, from which folding may take a letter: that after half a colour.
      let size = CanaryFolding.fold(bytes, into: folded.buffer(of: bytes.count))
      let text = folded.bytes(size)
      var inFolded: Range<Int>?
      set.forEachMatch(in: text) { count($0, $1, &inFolded) }
      join(text, isText: isText && carries, &inFolded)
      if let place = inFolded {
        let start = CanaryFolding.sourceOffset(ofFolded: place.lowerBound, in: bytes)
        let end = max(start, CanaryFolding.sourceOffset(ofFolded: place.upperBound, in: bytes))
        found = found.map { min($0.lowerBound, start)..<max($0.upperBound, end) } ?? start..<end
      }
    } else {
      join(bytes, isText: isText && carries, &found)
    }
    guard let found else { return }
    let here = place(found)
    range = range.map { min($0.lowerBound, here.lowerBound)..<max($0.upperBound, here.upperBound) } ?? here
  }

  /// Puts together what line breaks cut, and what the end of the specimen before this one cut.
  private func join(_ text: UnsafeRawBufferPointer, isText: Bool, _ found: inout Range<Int>?) {
    guard let base = text.baseAddress else { return }
    guard isText || memchr(base, 0x0A, text.count) != nil else { return }
    cut.removeAll()
    var start = 0
    while start <= text.count {
      let next = start < text.count ? memchr(base + start, 0x0A, text.count - start) : nil
      let end = next.map { UnsafeRawPointer($0) - base } ?? text.count
      let line = UnsafeRawBufferPointer(rebasing: text[start..<end])
      if start > 0 {
        complete(cut, line, at: start, &found)
      } else if isText {
        complete(carry, line, at: 0, &found)
      }
      cut.take(from: line, set)
      start = end + 1
    }
    if isText { swap(&leaving, &cut) }
  }

  private func complete(
    _ carry: borrowing CanaryCarry, _ line: UnsafeRawBufferPointer, at start: Int, _ found: inout Range<Int>?
  ) {
    guard !carry.isEmpty else { return }
    carry.forEachMarker(completedBy: line, set) {
      count($0, (start + $1.lowerBound)..<(start + $1.upperBound), &found)
    }
  }

  private func count(_ marker: Int, _ place: Range<Int>, _ found: inout Range<Int>?) {
    found = found.map { min($0.lowerBound, place.lowerBound)..<max($0.upperBound, place.upperBound) } ?? place
    guard seenInSpecimen[marker] != specimen else { return }
    seenInSpecimen[marker] = specimen
    markers += 1
    let message = set.message(of: marker)
    if messages[message].source != source { messages[message] = (source, 0) }
    if seenInSource[marker] != source {
      seenInSource[marker] = source
      messages[message].found += 1
    }
    let seen = CanaryExtent(found: messages[message].found, planted: set.planted(in: message))
    if extent.map({ $0 < seen }) ?? true { extent = seen }
  }
}
