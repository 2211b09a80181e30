import Glibc

/// Floating-point numbers as Go's `strconv.FormatFloat` writes them (`ftoa.go`).
enum GoFloat {
  /// - Parameters:
  ///   - verb: `e`, `f`, `g` or one of their capitals.
  ///   - precision: digits behind the point, or in all for `g`; nil for as few as tell the number apart.
  static func text(_ value: Double, _ verb: UInt8, precision: Int?) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if let precision { return rounded(value, verb, precision) }
    let (digits, point) = shortest(value.magnitude)
    let isCapital = verb < 0x60
    let text: String
    switch verb | 0x20 {
    case UInt8(ascii: "e"): text = scientific(digits, point, isCapital)
    case UInt8(ascii: "f"): text = plain(digits, point)
    default: text = point - 1 < -4 || point - 1 >= 6 ? scientific(digits, point, isCapital) : plain(digits, point)
    }
    return (value.sign == .minus ? "-" : "") + text
  }

  /// C rounds as Go does: exactly, halves to the even digit.
  private static func rounded(_ value: Double, _ verb: UInt8, _ precision: Int) -> String {
    let format = "%.\(precision)" + String(UnicodeScalar(verb))
    var buffer = [CChar](repeating: 0, count: precision + 400)
    let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The digits, without zeros at the end, and the place of the point among them.
  private static func shortest(_ value: Double) -> (digits: [Character], point: Int) {
    guard value != 0 else { return (["0"], 1) }
    let parts = "\(value)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    var digits = Array(mantissa.joined())
    while digits.count > 1, digits.first == "0" {
      digits.removeFirst()
      point -= 1
    }
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return (digits, point)
  }

  private static func scientific(_ digits: [Character], _ point: Int, _ isCapital: Bool) -> String {
    let exponent = digits == ["0"] ? 0 : point - 1
    let size = String(exponent.magnitude)
    let fraction = digits.count > 1 ? "." + String(digits[1...]) : ""
    return String(digits[0]) + fraction + (isCapital ? "E" : "e") + (exponent < 0 ? "-" : "+")
      + (size.count < 2 ? "0" : "") + size
  }

  private static func plain(_ digits: [Character], _ point: Int) -> String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + String(digits) }
    let whole = String(digits.prefix(point)) + String(repeating: "0", count: max(0, point - digits.count))
    return digits.count > point ? whole + "." + String(digits[point...]) : whole
  }
}
