/// Lengths of time as Go's `time.ParseDuration` reads them: `-1.5h`, `2h45m`, `300µs`.
///
/// Source: Go's time/format.go.
public enum GoDuration {
  private static let units: [String: UInt64] = [
    "ns": 1, "us": 1000, "µs": 1000, "μs": 1000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
    "h": 3_600_000_000_000,
  ]

  /// - Returns: nanoseconds; nil for what Go refuses.
  public static func parse(_ text: some StringProtocol) -> Int64? {
    var rest = Substring(text)[...]
    let isNegative = rest.utf8.first == UInt8(ascii: "-")
    if isNegative || rest.utf8.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    if rest == "0" { return 0 }
    guard !rest.isEmpty else { return nil }
    var total: UInt64 = 0
    while !rest.isEmpty {
      guard let part = take(&rest) else { return nil }
      let (sum, overflows) = total.addingReportingOverflow(part)
      guard !overflows, sum <= 1 << 63 else { return nil }
      total = sum
    }
    if isNegative { return total == 1 << 63 ? .min : -Int64(total) }
    return Int64(exactly: total)
  }

  /// One number with its unit.
  private static func take(_ rest: inout Substring) -> UInt64? {
    let whole = takeDigits(&rest)
    guard let value = whole.isEmpty ? 0 : UInt64(whole), value <= 1 << 63 else { return nil }
    var fraction = Substring()
    if rest.utf8.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = takeDigits(&rest)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let name = rest.prefix { $0 != "." && !isDigit($0) }
    guard let unit = units[String(name)], value <= (1 << 63) / unit else { return nil }
    rest = rest[name.endIndex...]
    // Digits beyond what 64 bits hold are left out, as Go does it.
    var digits: UInt64 = 0
    var scale = 1.0
    for digit in fraction.utf8 {
      guard digits <= UInt64(Int64.max) / 10 else { break }
      let more = digits * 10 + UInt64(digit - UInt8(ascii: "0"))
      guard more <= 1 << 63 else { break }
      (digits, scale) = (more, scale * 10)
    }
    let part = value * unit + UInt64(Double(digits) * (Double(unit) / scale))
    return part <= 1 << 63 ? part : nil
  }

  private static func takeDigits(_ rest: inout Substring) -> Substring {
    let digits = rest.prefix(while: isDigit)
    rest = rest[digits.endIndex...]
    return digits
  }

  private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
