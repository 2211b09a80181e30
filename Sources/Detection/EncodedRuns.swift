import Glibc

/// Base64 and hex runs: which bytes they stand for, at which alignment those are text, and how random the run looks.
enum EncodedRuns {
  /// Shortest run that is looked at: eighteen bytes of base64, sixteen of hex.
  static let minimumBase64 = 24
  static let minimumHex = 32
  /// Both alphabets, since one text may use either (RFC 4648 §4 and §5).
  static let base64Class = "A-Za-z0-9+/_-"
  static let hexClass = "0-9A-Fa-f"

  /// Decodes from one of the four alignments: a run may begin in the middle of a group of four where what stands before it
  /// belongs to the same class. Returns the number of bytes written.
  static func decodeBase64(
    _ run: UnsafeRawBufferPointer, skipping: Int, into output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var count = 0
    var bits: UInt32 = 0
    var pending = 0
    for index in skipping..<max(skipping, run.count) {
      bits = bits << 6 | value(run[index])
      pending += 6
      guard pending >= 8 else { continue }
      pending -= 8
      guard count < output.count else { return count }
      output[count] = UInt8(truncatingIfNeeded: bits >> UInt32(pending))
      count += 1
    }
    return count
  }

  static func decodeHex(
    _ run: UnsafeRawBufferPointer, skipping: Int, into output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var count = 0
    var index = skipping
    while index + 1 < run.count, count < output.count {
      guard let high = Escapes.hexDigit(run[index]), let low = Escapes.hexDigit(run[index + 1]) else { return count }
      output[count] = high << 4 | low
      count += 1
      index += 2
    }
    return count
  }

  /// The longest stretch of printable UTF-8, where it is long enough not to be an accident: half of the bytes, or more
  /// than 32 of them.
  static func text(in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
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

  /// Capital and small letters both, and few separators: true of base64 of any text, and of few words and paths.
  static func looksLikeBase64(_ run: UnsafeRawBufferPointer) -> Bool {
    var capital = 0
    var small = 0
    var separators = 0
    for byte in run.prefix(64) {
      if byte &- 0x41 < 26 { capital += 1 } else if byte &- 0x61 < 26 { small += 1 }
      if byte == 0x2F || byte == 0x5F || byte == 0x2D { separators += 1 }
    }
    let length = min(64, run.count)
    return 8 * capital >= length && small > 0 && 6 * separators <= length
  }

  /// Shannon entropy of the run's characters, in bits each.
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

  private static func value(_ byte: UInt8) -> UInt32 {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x47
    case 0x30...0x39: UInt32(byte) + 4
    case 0x2B, 0x2D: 62
    default: 63
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
