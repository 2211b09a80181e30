/// A run of base64's digits (hex is among them): what its characters say of it, and the bytes that it stands for.
struct RunLetters {
  private(set) var capital = 0
  private(set) var small = 0
  private(set) var digits = 0
  private(set) var others = 0
  private var count = 0

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    for index in range { add(bytes[index], 1) }
  }

  /// Takes away a character at the run's beginning.
  mutating func drop(_ byte: UInt8) { add(byte, -1) }

  private mutating func add(_ byte: UInt8, _ sign: Int) {
    count += sign
    if byte &- 0x41 < 26 { capital += sign } else if byte &- 0x61 < 26 { small += sign }
    if byte &- 0x30 < 10 { digits += sign }
    if Digits.hex(byte) == nil { others += sign }
  }

  /// What the run may be written in: of hex a quarter are digits, and base64 of any text has capital and small letters.
  ///
  /// Six or seven characters say nothing, and numbers of twenty digits are text in hex by accident more often than text has no
  /// letter whose code holds one.
  var step: DecodingChain.Step? {
    if others == 0 { return digits >= count / 4 && count >= (digits == count ? 32 : 16) ? .hex : nil }
    return count >= 16 && capital >= 2 && small >= 2 ? .base64 : nil
  }

  /// Capital and small letters both, and few separators: true of base64 of any text, and of few words and paths.
  static func lookLikeBase64(_ run: UnsafeRawBufferPointer) -> Bool {
    var (capital, small, separators) = (0, 0, 0)
    for byte in run.prefix(64) {
      if byte &- 0x41 < 26 { capital += 1 } else if byte &- 0x61 < 26 { small += 1 }
      if byte == 0x2F || byte == 0x5F || byte == 0x2D { separators += 1 }
    }
    let length = min(64, run.count)
    return 8 * capital >= length && small > 0 && 6 * separators <= length
  }

  /// Decodes a run whose characters are all digits of the encoding, as far as there is room.
  ///
  /// - Parameter skipping: characters at its beginning that belong to something else: a run may begin in the middle of a
  ///   group where what stands before it is of the same class. 0 to 3 for base64, 0 or 1 for hex.
  /// - Returns: the number of bytes written.
  static func decode(
    _ run: UnsafeRawBufferPointer, _ step: DecodingChain.Step, skipping: Int,
    into output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var count = 0
    var bits: UInt32 = 0
    var pending: UInt32 = 0
    let width: UInt32 = step == .hex ? 4 : 6
    for index in skipping..<max(skipping, run.count) {
      let value = step == .hex ? Digits.hex(run[index]) : Digits.base64(run[index])
      bits = bits << width | UInt32(value ?? 0)
      pending += width
      guard pending >= 8 else { continue }
      pending -= 8
      guard count < output.count else { return count }
      output[count] = UInt8(truncatingIfNeeded: bits >> pending)
      count += 1
    }
    return count
  }

  /// Bytes that a run of so many characters stands for.
  static func decodedCount(_ characters: Int, _ step: DecodingChain.Step) -> Int {
    step == .hex ? characters / 2 : characters * 6 / 8
  }
}
