/// What may be shown of a text: its shape, its length class, and the skeleton by which like records are grouped.
public enum Shape {
  /// The text with every word, number and run replaced by its class and length class, e.g. `w9-16 n1-4: w5-8`. ASCII
  /// punctuation stays, blanks are folded, and 24 parts are the most that is shown.
  public static func redacted(_ bytes: UnsafeRawBufferPointer) -> String {
    var shape = ""
    var parts = 0
    var index = 0
    while index < bytes.count {
      guard parts < 24 else { return shape + "…" }
      let byte = bytes[index]
      if isBlank(byte) {
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        if index < bytes.count, !shape.isEmpty { shape += " " }
        continue
      }
      guard isWord(byte) else {
        var end = index + 1
        while end < bytes.count, bytes[end] == byte { end += 1 }
        shape += byte > 0x20 && byte < 0x7F ? String(UnicodeScalar(byte)) : "·"
        index = end
        parts += 1
        continue
      }
      var end = index
      var kinds: UInt8 = 0
      while end < bytes.count, isWord(bytes[end]) {
        kinds |= bytes[end] &- 0x30 < 10 ? 1 : (bytes[end] | 0x20) &- 0x61 < 6 ? 2 : 4
        end += 1
      }
      let length = end - index
      // n: digits; x: hex; w: letters; m: letters and digits mixed.
      let kind = kinds == 1 ? "n" : kinds == 3 && length >= 8 ? "x" : kinds & 1 == 0 ? "w" : "m"
      shape += kind + runClass(length)
      index = end
      parts += 1
    }
    return shape
  }

  /// Appends the text with digits, hex and ids masked: runs of digits become `0`, runs of letters and digits of eight and
  /// more that hold a digit become `#`. Records that differ in nothing else have equal skeletons.
  public static func skeletonKey(_ bytes: UnsafeRawBufferPointer, into key: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      guard isWord(bytes[index]) else {
        key.append(bytes[index])
        index += 1
        continue
      }
      var end = index
      var digits = 0
      while end < bytes.count, isWord(bytes[end]) {
        if bytes[end] &- 0x30 < 10 { digits += 1 }
        end += 1
      }
      if digits > 0, end - index >= 8 {
        key.append(UInt8(ascii: digits == end - index ? "0" : "#"))
      } else {
        var isInNumber = false
        for byte in bytes[index..<end] {
          let isDigit = byte &- 0x30 < 10
          if !isDigit { key.append(byte) } else if !isInNumber { key.append(0x30) }
          isInNumber = isDigit
        }
      }
      index = end
    }
  }

  /// Class of a length in bytes, e.g. `65-256 bytes`.
  public static func lengthClass(_ length: Int) -> String {
    switch length {
    case ...16: "1-16 bytes"
    case ...64: "17-64 bytes"
    case ...256: "65-256 bytes"
    case ...1024: "257-1024 bytes"
    case ...4096: "1025-4096 bytes"
    default: "over 4096 bytes"
    }
  }

  private static func runClass(_ length: Int) -> String {
    switch length {
    case ...4: "1-4"
    case ...8: "5-8"
    case ...16: "9-16"
    case ...64: "17-64"
    default: "65+"
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
  }
}
