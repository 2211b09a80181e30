import Syntax
import Vocabulary

/// Text in UTF-16 as UTF-8. What is no character becomes U+FFFD.
final class UTF16Stream: ByteStream {
  private let source: ByteSource
  private let isLittleEndian: Bool
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
  private var start = 0
  private var end = 0
  private var isLast = false
  private var isFirst = true
  /// Bytes of a character for which the reader's buffer had no room.
  private var rest: [UInt8] = []

  init(_ source: ByteSource) {
    self.source = source
    isLittleEndian = source.beginning.withUnsafeBytes { UTF16Shape.isLittleEndian($0) ?? true }
  }

  deinit { input.deallocate() }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    var filled = 0
    func put(_ byte: UInt8) {
      if filled < buffer.count {
        buffer[filled] = byte
        filled += 1
      } else {
        rest.append(byte)
      }
    }
    let left = rest
    rest.removeAll(keepingCapacity: true)
    for byte in left { put(byte) }
    while filled < buffer.count, let scalar = try next() {
      for byte in UTF8.encode(scalar)! { put(byte) }
    }
    return filled
  }

  private func next() throws(Fault) -> Unicode.Scalar? {
    guard let first = try unit() else { return nil }
    start += 2
    if isFirst {
      isFirst = false
      // The byte order mark is no text.
      if first == 0xFEFF { return try next() }
    }
    guard first & 0xFC00 == 0xD800, let second = try unit(), second & 0xFC00 == 0xDC00 else {
      return Unicode.Scalar(first) ?? "\u{FFFD}"
    }
    start += 2
    return Unicode.Scalar(0x10000 + UInt32(first & 0x3FF) << 10 + UInt32(second & 0x3FF))
  }

  /// The unit that comes next, not taken yet; nil at the end. Half a unit at the end is none.
  private func unit() throws(Fault) -> UInt16? {
    if end - start < 2, !isLast {
      let kept = end - start
      input.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[start..<end]))
      let count = try source.fill(UnsafeMutableRawBufferPointer(rebasing: input[kept...]))
      isLast = count < input.count - kept
      (start, end) = (0, kept + count)
    }
    guard end - start >= 2 else { return nil }
    let (low, high) = isLittleEndian ? (0, 1) : (1, 0)
    return UInt16(input[start + high]) << 8 | UInt16(input[start + low])
  }
}
