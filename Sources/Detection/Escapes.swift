/// String escapes of JSON and Python (`\n`, `\"`, `\\`, `\u00e9`, `\xe9`), undone once.
enum Escapes {
  /// Writes the text without its escapes to `output`, which is at least as large, and returns its length; nil where there
  /// was no escape.
  static func undo(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int? {
    var count = 0
    var changed = false
    walk(bytes) { _, value, length in
      if length == 0 {
        output[count] = UInt8(truncatingIfNeeded: value)
        count += 1
      } else {
        changed = true
        count += encode(value, length, into: output, at: count)
      }
      return true
    }
    return changed ? count : nil
  }

  /// Where in `bytes` the byte stands that became `decoded` in the output of `undo`.
  static func sourceOffset(ofDecoded decoded: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var found = bytes.count
    walk(bytes) { offset, value, length in
      count += length == 0 ? 1 : width(value, length)
      guard count > decoded else { return true }
      found = offset
      return false
    }
    return found
  }

  /// Calls `body` with each unit: its offset and either a plain byte (length 0) or a scalar that an escape stood for
  /// (length 1: one byte, as `\n` and `\xe9` in Python's bytes; length 4: a Unicode scalar).
  @inline(__always)
  private static func walk(_ bytes: UnsafeRawBufferPointer, _ body: (Int, UInt32, Int) -> Bool) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0x5C, index + 1 < bytes.count else {
        guard body(index, UInt32(byte), 0) else { return }
        index += 1
        continue
      }
      let start = index
      var value: UInt32
      var length = 1
      switch bytes[index + 1] {
      case 0x6E: value = 0x0A
      case 0x74: value = 0x09
      case 0x72: value = 0x0D
      case 0x22, 0x27, 0x5C, 0x2F: value = UInt32(bytes[index + 1])
      case 0x78:
        guard let code = hex(bytes, at: index + 2, digits: 2) else { fallthrough }
        (value, length) = (code, 4)
        index += 2
      case 0x75:
        guard bytes[index + 1] == 0x75, let code = hex(bytes, at: index + 2, digits: 4) else { fallthrough }
        (value, length) = (code, 4)
        index += 4
        if (0xD800..<0xDC00).contains(code), index + 3 < bytes.count, bytes[index + 2] == 0x5C,
          bytes[index + 3] == 0x75, let low = hex(bytes, at: index + 4, digits: 4), (0xDC00..<0xE000).contains(low)
        {
          value = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
          index += 6
        }
      default:
        guard body(index, 0x5C, 0) else { return }
        index += 1
        continue
      }
      index += 2
      guard body(start, value, length) else { return }
    }
  }

  private static func hex(_ bytes: UnsafeRawBufferPointer, at start: Int, digits: Int) -> UInt32? {
    guard start + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + digits {
      guard let digit = hexDigit(bytes[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  private static func width(_ value: UInt32, _ length: Int) -> Int {
    length == 1 || value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4
  }

  private static func encode(
    _ value: UInt32, _ length: Int, into output: UnsafeMutableRawBufferPointer, at start: Int
  ) -> Int {
    let width = width(value, length)
    guard width > 1 else {
      output[start] = UInt8(truncatingIfNeeded: value)
      return 1
    }
    let lead: UInt32 = width == 2 ? 0xC0 : width == 3 ? 0xE0 : 0xF0
    output[start] = UInt8(lead | value >> UInt32(6 * (width - 1)))
    for index in 1..<width {
      output[start + index] = UInt8(0x80 | value >> UInt32(6 * (width - 1 - index)) & 0x3F)
    }
    return width
  }
}
