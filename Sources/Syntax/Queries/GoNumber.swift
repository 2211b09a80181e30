/// Numbers as Go's `strconv` reads and writes them.
///
/// Source: Go's strconv, atoi.go (`ParseInt` with base 0), atof.go (`ParseFloat`) and ftoa.go (`FormatFloat` with 'f' and -1).
public enum GoNumber {
  /// The number an unsigned literal stands for as PromQL's parser takes it: as an integer with its prefix (`0x1F`, and `017`,
  /// which is octal), else as a decimal; `Inf` and `NaN` in any case.
  ///
  /// - Returns: nil where it is none, or is greater than a double can hold.
  public static func value(_ literal: some Collection<UInt8>) -> Double? {
    let text = literal.map { $0 | ((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? 0x20 : 0) }
    if text.elementsEqual("inf".utf8) { return .infinity }
    if text.elementsEqual("nan".utf8) { return .nan }
    guard hasProperUnderscores(text) else { return nil }
    let digits = String(decoding: text.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    if digits.hasPrefix("0x") { return Int64(digits.dropFirst(2), radix: 16).map(Double.init) }
    if digits.hasPrefix("0"), let octal = Int64(digits, radix: 8) { return Double(octal) }
    guard isDecimal(digits.utf8), let value = Double(digits), value.isFinite else { return nil }
    return value
  }

  /// `1.5e3`, `.5`, `5.`
  private static func isDecimal(_ text: String.UTF8View) -> Bool {
    func skipDigits(_ rest: inout Substring.UTF8View) -> Bool {
      let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
      rest = rest.dropFirst(count)
      return count > 0
    }
    var rest = text[...]
    var hasDigits = skipDigits(&rest)
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      hasDigits = skipDigits(&rest) || hasDigits
    }
    guard hasDigits else { return false }
    if rest.first == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard skipDigits(&rest) else { return false }
    }
    return rest.isEmpty
  }

  /// An underscore stands between digits, or behind the prefix.
  private static func hasProperUnderscores(_ text: [UInt8]) -> Bool {
    let isHexadecimal = text.starts(with: "0x".utf8)
    var previousIsDigit = false
    for byte in text.dropFirst(isHexadecimal ? 1 : 0) {
      let isDigit =
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || isHexadecimal && ((UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte) || byte == UInt8(ascii: "x"))
      if byte == UInt8(ascii: "_"), !previousIsDigit { return false }
      previousIsDigit = isDigit
    }
    // One at the end, or before what is no digit, is refused with the rest of the text.
    return !zip(text, text.dropFirst()).contains { pair in
      pair.0 == UInt8(ascii: "_") && [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "_")].contains(pair.1)
        && !(isHexadecimal && pair.1 == UInt8(ascii: "e"))
    } && text.last != UInt8(ascii: "_")
  }

  /// The shortest decimal that reads back as the value, without an exponent; `Inf` without its sign.
  public static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
    let parts = "\(value.magnitude)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var whole = String(mantissa[0])
    var fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    if exponent > 0 {
      fraction += String(repeating: "0", count: max(0, exponent - fraction.count))
      whole += fraction.prefix(exponent)
      fraction = String(fraction.dropFirst(exponent))
    } else if exponent < 0 {
      whole = String(repeating: "0", count: max(0, 1 - exponent - whole.count)) + whole
      fraction = whole.suffix(-exponent) + fraction
      whole = String(whole.dropLast(-exponent))
    }
    return (value.sign == .minus ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}
