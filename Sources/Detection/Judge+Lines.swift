import Glibc
public import Vocabulary

extension Judge {
  /// Judges each line of a buffer as a specimen of its own and calls `each` for those in which something was seen, with the
  /// line's place in the buffer (without its line end) and a judgement whose offsets count from the line's start.
  public func judgeLines(
    _ buffer: UnsafeRawBufferPointer, surface: Surface, slot: Slot, each: (Range<Int>, Judgement) throws -> Void
  ) rethrows {
    guard let base = buffer.baseAddress else { return }
    var start = 0
    while start < buffer.count {
      let end =
        memchr(base + start, 0x0A, buffer.count - start).map { $0 - UnsafeMutableRawPointer(mutating: base) }
        ?? buffer.count
      let last = end > start && buffer[end - 1] == 0x0D ? end - 1 : end
      if let judgement = judge(UnsafeRawBufferPointer(rebasing: buffer[start..<last]), surface: surface, slot: slot) {
        try each(start..<last, judgement)
      }
      start = end + 1
    }
  }
}
