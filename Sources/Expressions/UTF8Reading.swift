/// UTF-8 as Go reads it: a byte that begins no valid sequence is U+FFFD and one byte wide.
package enum UTF8Reading {
  @inline(__always)
  package static func decode(_ bytes: UnsafeRawBufferPointer, at index: Int) -> (point: UInt32, width: Int) {
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    return decodeLong(bytes, at: index)
  }

  private static func decodeLong(_ bytes: UnsafeRawBufferPointer, at index: Int) -> (point: UInt32, width: Int) {
    let invalid = (point: UInt32(0xFFFD), width: 1)
    func tail(_ step: Int, _ allowed: ClosedRange<UInt8> = 0x80...0xBF) -> UInt32? {
      guard index + step < bytes.count, allowed.contains(bytes[index + step]) else { return nil }
      return UInt32(bytes[index + step] & 0x3F)
    }
    let first = bytes[index]
    switch first {
    case 0xC2...0xDF:
      guard let one = tail(1) else { return invalid }
      return (UInt32(first & 0x1F) << 6 | one, 2)
    case 0xE0...0xEF:
      let second: ClosedRange<UInt8> = first == 0xE0 ? 0xA0...0xBF : first == 0xED ? 0x80...0x9F : 0x80...0xBF
      guard let one = tail(1, second), let two = tail(2) else { return invalid }
      return (UInt32(first & 0x0F) << 12 | one << 6 | two, 3)
    case 0xF0...0xF4:
      let second: ClosedRange<UInt8> = first == 0xF0 ? 0x90...0xBF : first == 0xF4 ? 0x80...0x8F : 0x80...0xBF
      guard let one = tail(1, second), let two = tail(2), let three = tail(3) else { return invalid }
      return (UInt32(first & 0x07) << 18 | one << 12 | two << 6 | three, 4)
    default: return invalid
    }
  }
}
