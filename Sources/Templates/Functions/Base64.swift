/// Base64 with padding, as Go's `encoding/base64` has it.
enum Base64 {
  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: [UInt8], isForURLs: Bool = false) -> [UInt8] {
    let letters = isForURLs ? Array(standard.dropLast(2)) + Array("-_".utf8) : standard
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        out.append(place <= group.count ? letters[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return out
  }

  /// Line breaks are passed over; nil for what is none.
  static func decoded(_ text: [UInt8], isForURLs: Bool = false) -> [UInt8]? {
    let letters = isForURLs ? Array(standard.dropLast(2)) + Array("-_".utf8) : standard
    let digits = text.filter { $0 != 0x0A && $0 != 0x0D }
    guard digits.count.isMultiple(of: 4) else { return nil }
    let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    var out: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 4) {
      var bits = 0
      for index in start..<(start + 4) {
        guard let value = index >= digits.count - padding ? 0 : letters.firstIndex(of: digits[index]) else {
          return nil
        }
        bits = bits << 6 | value
      }
      let count = start + 4 == digits.count ? 3 - padding : 3
      out += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)].prefix(count)
    }
    return out
  }
}
