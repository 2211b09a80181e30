/// Values and timestamps of expositions.
enum ExpositionNumber {
  /// True for digits with sign, point and exponent, and for `Inf` and `NaN` in any case.
  static func isNumber(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    let end = range.upperBound
    if index < end, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
    guard index < end else { return false }
    if isWord(bytes, index..<end, "inf") || isWord(bytes, index..<end, "nan") || isWord(bytes, index..<end, "infinity")
    {
      return true
    }
    let isHexadecimal =
      end - index > 2 && bytes[index] == UInt8(ascii: "0") && bytes[index + 1] | 0x20 == UInt8(ascii: "x")
    if isHexadecimal { return value(bytes, range) != nil }
    var digits = 0
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
        // Rare, and the rules are those of strtod.
        return value(bytes, range) != nil
      default: return false
      }
      index += 1
    }
    return digits > 0
  }

  static func value(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Double? {
    Double(String(decoding: bytes[range], as: UTF8.self))
  }

  private static func isWord(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ word: StaticString) -> Bool {
    range.count == word.utf8CodeUnitCount
      && range.enumerated().allSatisfy { bytes[$0.element] | 0x20 == word.utf8Start[$0.offset] }
  }
}
