/// Numbers as people read them.
enum Figures {
  /// `1 sink`, `12 sinks`; thousands apart with a comma.
  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
  }

  /// `12,345`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
      result.append(digit)
    }
    return result
  }

  /// Decimal units with one decimal, rounded down: `999 bytes`, `4.2 MB`.
  static func bytes(_ number: Int) -> String {
    var unit = 1000
    if number < unit { return count(number, "byte") }
    for name in ["kB", "MB", "GB"] {
      if number / 1000 < unit || name == "GB" {
        return "\(grouped(number / unit)).\(number % unit * 10 / unit) \(name)"
      }
      unit *= 1000
    }
    return "\(number) bytes"
  }

  /// Two decimals and a sign, for log-odds: `+2.30`.
  static func logOdds(_ weight: Double) -> String {
    guard weight.isFinite else { return weight < 0 ? "-inf" : "+inf" }
    let hundredths = Int((min(abs(weight), 1e9) * 100).rounded())
    let fraction = String(hundredths % 100)
    return "\(weight < 0 ? "-" : "+")\(hundredths / 100).\(fraction.count < 2 ? "0" : "")\(fraction)"
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ parts: [String]) -> String {
    guard let last = parts.last else { return "" }
    return parts.count == 1 ? last : "\(parts.dropLast().joined(separator: ", ")) and \(last)"
  }
}
