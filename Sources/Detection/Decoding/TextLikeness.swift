import Glibc

/// Whether bytes that came out of an encoding are text, and how random a run looks.
enum TextLikeness {
  /// Printable UTF-8 (its last character may be cut) of which an eighth or more are letters.
  static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 6, let letters = letters(ofPrintable: bytes) else { return false }
    return letters * 8 >= bytes.count
  }

  /// The number of letters where all bytes but the last three are printable UTF-8.
  static func letters(ofPrintable bytes: UnsafeRawBufferPointer) -> Int? {
    var (index, letters) = (0, 0)
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        if byte < 0x20 && byte != 9 && byte != 10 && byte != 13 || byte == 0x7F { return nil }
        if (byte | 32) &- 0x61 < 26 { letters += 1 }
        index += 1
      } else {
        let length = UTF8Scan.length(bytes, at: index)
        if length == 0 { return bytes.count - index < 4 ? letters : nil }
        letters += 1
        index += length
      }
    }
    return letters
  }

  /// The longest stretch of printable UTF-8 amid other bytes, where it is long enough not to be an accident: half of the
  /// bytes, or more than 32 of them.
  static func longestText(in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var best = 0..<0
    var start = 0
    var index = 0
    while index < bytes.count {
      let length = characterLength(bytes, at: index)
      if length == 0 {
        if index - start > best.count { best = start..<index }
        index += 1
        start = index
      } else {
        index += length
      }
    }
    if index - start > best.count { best = start..<min(index, bytes.count) }
    return best.count >= 14 && (2 * best.count >= bytes.count || best.count >= 32) ? best : nil
  }

  /// Shannon entropy of the characters, in bits each.
  static func entropy(_ run: UnsafeRawBufferPointer) -> Double {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { histogram in
      histogram.initialize(repeating: 0)
      for byte in run { histogram[Int(byte)] += 1 }
      let total = Double(run.count)
      return histogram.reduce(0.0) { sum, count in
        count == 0 ? sum : sum - Double(count) / total * log2(Double(count) / total)
      }
    }
  }

  /// Bytes of the printable character that begins here, or 0.
  private static func characterLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let lead = bytes[index]
    switch lead {
    case 0x20...0x7E, 0x09, 0x0A, 0x0D: return 1
    case 0xC3...0xF4:
      let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      // A character cut off by the end of the run is still one.
      for offset in 1..<length where index + offset < bytes.count && bytes[index + offset] & 0xC0 != 0x80 { return 0 }
      return length
    default: return 0
    }
  }
}
