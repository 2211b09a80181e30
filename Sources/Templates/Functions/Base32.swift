/// Base32 with padding, as Go's `encoding/base32` has it.
enum Base32 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 5) {
      let group = bytes[start..<min(start + 5, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (5 - group.count))
      let used = (group.count * 8 + 4) / 5
      for place in 0..<8 { out.append(place < used ? letters[bits >> (35 - 5 * place) & 31] : UInt8(ascii: "=")) }
    }
    return out
  }

  /// Line breaks are passed over; nil for what is none.
  static func decoded(_ text: [UInt8]) -> [UInt8]? {
    let digits = text.filter { $0 != 0x0A && $0 != 0x0D }
    guard digits.count.isMultiple(of: 8) else { return nil }
    let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard [0, 1, 3, 4, 6].contains(padding) else { return nil }
    var out: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 8) {
      var bits = 0
      for index in start..<(start + 8) {
        guard let value = index >= digits.count - padding ? 0 : letters.firstIndex(of: digits[index]) else {
          return nil
        }
        bits = bits << 5 | value
      }
      let count = start + 8 == digits.count ? (8 - padding) * 5 / 8 : 5
      for place in 0..<count { out.append(UInt8(bits >> (32 - 8 * place) & 255)) }
    }
    return out
  }
}
