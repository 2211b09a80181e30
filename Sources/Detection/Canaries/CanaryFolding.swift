/// Undoes what telemetry does to the letters of a word without changing how it reads, so that a marker is found by its plain
/// letters: accents in either normal form, invisible characters inside, full-width letters, colours of a terminal.
///
/// Sources: Unicode 16.0, blocks Latin-1 Supplement, Latin Extended-A, Combining Diacritical Marks, General Punctuation,
/// Halfwidth and Fullwidth Forms; ECMA-48 (control sequences).
enum CanaryFolding {
  /// The letters from U+00C0 to U+017F without their accents; a full stop stands for none.
  private static let plain: StaticString = """
    aaaaaa.ceeeeiiiidnooooo.ouuuuy.saaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuu\
    wwyyyzzzzzzs
    """

  /// Whether there is anything to fold: a byte that is not ASCII, or an escape character.
  @inline(__always)
  static func concerns(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var seen: UInt8 = 0
    for byte in bytes { seen |= byte & 0x80 | (byte == 0x1B ? 0x80 : 0) }
    return seen != 0
  }

  /// Writes the folded text to `output`, which is at least as large, and returns its length.
  static func fold(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int {
    var count = 0
    walk(bytes) { _, byte in
      output[count] = byte
      count += 1
      return true
    }
    return count
  }

  /// Where in `bytes` the character stands that became byte `folded` of the output of `fold`.
  static func sourceOffset(ofFolded folded: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var found = bytes.count
    walk(bytes) { offset, _ in
      count += 1
      guard count > folded else { return true }
      found = offset
      return false
    }
    return found
  }

  /// Calls `body` with each byte of the folded text and the offset of the character that it stands for.
  @inline(__always)
  private static func walk(_ bytes: UnsafeRawBufferPointer, _ body: (Int, UInt8) -> Bool) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x1B, let end = endOfSequence(bytes, at: index) {
        index = end
        continue
      }
      if byte < 0xC2 {
        guard body(index, byte) else { return }
        index += 1
        continue
      }
      let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard index + length <= bytes.count, (1..<length).allSatisfy({ bytes[index + $0] & 0xC0 == 0x80 }) else {
        // No UTF-8: a letter of Latin-1, as far as anybody can tell.
        guard body(index, letter(UInt32(byte)) ?? byte) else { return }
        index += 1
        continue
      }
      var scalar = UInt32(byte) & (0x7F >> UInt32(length))
      for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F) }
      if !isInvisible(scalar) {
        guard body(index, letter(scalar) ?? byte) else { return }
      }
      index += length
    }
  }

  private static func letter(_ scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0xC0...0x17F:
      let letter = plain.utf8Start[Int(scalar) - 0xC0]
      return letter == 0x2E ? nil : letter
    case 0xFF21...0xFF3A: return UInt8(scalar - 0xFF21) + 0x61
    case 0xFF41...0xFF5A: return UInt8(scalar - 0xFF41) + 0x61
    default: return nil
    }
  }

  /// Soft hyphen, combining marks, joiners and zero-width spaces, direction marks, variation selectors, byte order mark.
  private static func isInvisible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xAD, 0x300...0x36F, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF:
      true
    default: false
    }
  }

  /// One past a control sequence (`ESC [ … m`), where one begins here.
  private static func endOfSequence(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
    guard start + 1 < bytes.count, bytes[start + 1] == 0x5B else { return nil }
    for index in start + 2..<min(bytes.count, start + 34) {
      if (0x40...0x7E).contains(bytes[index]) { return index + 1 }
      guard (0x20...0x3F).contains(bytes[index]) else { return nil }
    }
    return nil
  }
}
