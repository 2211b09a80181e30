import Syntax
import Vocabulary

/// A part of a text, cut at line ends, at most as large as a batch.
struct Slice {
  var bytes: UnsafeRawBufferPointer
  /// Line and column of its first byte.
  var line: Int
  var column: Int
  /// False where a line goes on after the slice, or began before it: it is longer than a slice.
  var isWholeLines: Bool
}

/// Cuts a stream of bytes into slices. A line longer than a slice comes in windows that overlap by 8 KB and more (see
/// `Seam`), cut between code points, so that nothing is lost.
struct LineSlicer: ~Copyable {
  private static let step = 256 << 10

  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ReadLimits.batch, alignment: 16)
  private let source: ByteSource
  /// Bytes read from the source.
  private(set) var bytes = 0
  /// Line breaks among them, once all slices were handed over.
  private(set) var lineBreaks = 0
  /// A window of a long line cut what may be encoded text longer than the next window shows whole.
  private(set) var hasCutRun = false

  init(_ source: ByteSource) { self.source = source }

  deinit { buffer.deallocate() }

  mutating func slices(_ body: (Slice) throws(Fault) -> Void) throws(Fault) {
    var filled = 0
    var line = 1
    var column = 1
    var isInsideLine = false
    while true {
      // A step at a time, which the processor's own cache holds; more only where no line ends in it.
      let target = min(filled + Self.step, buffer.count)
      let count = try source.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<target]))
      bytes += count
      filled += count
      let isEnd = filled < target
      if filled == 0 {
        lineBreaks = line - 1
        return
      }
      let all = UnsafeRawBufferPointer(rebasing: buffer[..<filled])
      let lastBreak = Self.lastBreak(all)
      if lastBreak == nil, !isEnd, filled < buffer.count { continue }
      let cut = isEnd ? filled : lastBreak.map { $0 + 1 } ?? Self.boundary(all, before: filled)
      let isWhole = (isEnd || lastBreak != nil) && !isInsideLine
      let slice = UnsafeRawBufferPointer(rebasing: all[..<cut])
      try body(Slice(bytes: slice, line: line, column: column, isWholeLines: isWhole))
      if isEnd {
        lineBreaks = line - 1 + Self.breaks(in: slice)
        return
      }
      isInsideLine = lastBreak == nil
      var kept = cut
      if isInsideLine {
        let seam = Seam(after: 0..<cut, of: all)
        if seam.cutsRun { hasCutRun = true }
        kept = Self.boundary(all, before: seam.start)
      }
      if isInsideLine {
        var counter = PositionCounter(line: line, column: column)
        counter.move(to: kept, in: all)
        (line, column) = (counter.line, counter.column)
      } else {
        (line, column) = (line + Self.breaks(in: slice), 1)
      }
      filled -= kept
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[kept...]))
    }
  }

  /// Line feeds, counted eight bytes at a time.
  static func breaks(in bytes: UnsafeRawBufferPointer) -> Int {
    let lows: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    var count = 0
    var index = 0
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ 0x0A0A_0A0A_0A0A_0A0A
      count += (~((word & lows) &+ lows | word | lows)).nonzeroBitCount
      index += 8
    }
    for byte in bytes[index...] where byte == 0x0A { count += 1 }
    return count
  }

  private static func lastBreak(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var index = bytes.count - 1
    while index >= 0, bytes[index] != 0x0A { index -= 1 }
    return index >= 0 ? index : nil
  }

  /// The last place at or before `index` where no code point is cut in two.
  private static func boundary(_ bytes: UnsafeRawBufferPointer, before index: Int) -> Int {
    var place = index
    while place > max(index - 4, 1), place < bytes.count, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    guard index == bytes.count else { return place }
    // At the end of the buffer nothing tells whether the last code point is whole: leave it for the next window.
    place -= 1
    while place > max(index - 4, 1), bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }
}
