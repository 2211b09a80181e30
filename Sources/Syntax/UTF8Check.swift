/// Strict UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
public enum UTF8Check {
  public struct Place: Sendable, Hashable { public var offset, line, column: Int }

  /// The first byte that is not part of well-formed UTF-8; nil where all is well.
  public static func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Place? {
    var index = 0
    while index < bytes.count {
      let length = sequenceLength(bytes, at: index)
      if length == 0 {
        var counter = PositionCounter()
        counter.move(to: index, in: bytes)
        return Place(offset: index, line: counter.line, column: counter.column)
      }
      index += length
    }
    return nil
  }

  /// Bytes of the well-formed sequence at `index` (1 to 4), 0 where there is none.
  public static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < bytes.count && range.contains(bytes[index + offset])
    }
    switch first {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
  }
}
