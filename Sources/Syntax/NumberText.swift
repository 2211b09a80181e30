/// Numbers as the two client libraries print them in expositions.
enum NumberText {
  /// Like `floatToGoString` of the Python client (prometheus_client/utils.py): `1.0`, `1.147281408e+09`, `+Inf`.
  ///
  /// From 1,000,000 on it writes an exponent with a literal `0` in front, so eleven digits give `e+010`; Prometheus reads
  /// that, and a model of the client must not be tidier than the client.
  static func python(_ value: Double) -> String {
    if let special = special(value) { return special }
    let text = pythonRepr(value)
    guard value > 0, let dot = text.firstIndex(of: "."), text.distance(from: text.startIndex, to: dot) > 6 else {
      return text
    }
    let whole = text[..<dot]
    var mantissa = "\(whole.prefix(1)).\(whole.dropFirst())\(text[text.index(after: dot)...])"
    while mantissa.last == "0" || mantissa.last == "." { mantissa.removeLast() }
    return "\(mantissa)e+0\(whole.count - 1)"
  }

  /// Like Go's `strconv.FormatFloat(value, 'g', -1, 64)`, which client_golang uses: `1`, `0.25`, `1.147281408e+09`.
  static func go(_ value: Double) -> String {
    if let special = special(value) { return special }
    let (sign, digits, point) = shortest(value)
    let exponent = point - 1
    // strconv decides as if the precision were 6 where it was asked for the shortest form.
    guard exponent >= -4, exponent < 6 else { return sign + scientific(digits, exponent) }
    return sign + decimal(digits, point)
  }

  /// Like DCGM exporter's `%d` and `%f`.
  static func dcgm(_ value: Double) -> String {
    if let special = special(value) { return special }
    if let whole = Int64(exactly: value) { return String(whole) }
    let millionths = (value.magnitude * 1e6).rounded()
    guard let scaled = Int64(exactly: millionths) else { return go(value) }
    let fraction = String(scaled % 1_000_000)
    let padded = String(repeating: "0", count: 6 - fraction.count) + fraction
    return "\(value < 0 ? "-" : "")\(scaled / 1_000_000).\(padded)"
  }

  private static func special(_ value: Double) -> String? {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return nil
  }

  /// Python's `repr` of a float.
  private static func pythonRepr(_ value: Double) -> String {
    let (sign, digits, point) = shortest(value)
    if point > 16 || point < -3 { return sign + scientific(digits, point - 1) }
    let text = decimal(digits, point)
    return sign + (text.contains(".") ? text : text + ".0")
  }

  /// The shortest digits that read back as `value`, and where the decimal point stands: 0.d1d2… × 10^point.
  private static func shortest(_ value: Double) -> (sign: String, digits: [Character], point: Int) {
    var text = Substring(value.magnitude.description)
    var exponent = 0
    if let mark = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: mark)...]) ?? 0
      text = text[..<mark]
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts[0]
    var digits = Array(whole + (parts.count > 1 ? parts[1] : ""))
    var point = whole.count + exponent
    while digits.count > 1, digits.first == "0" {
      digits.removeFirst()
      point -= 1
    }
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    if digits == ["0"] { point = 1 }
    return (value.sign == .minus ? "-" : "", digits, point)
  }

  private static func decimal(_ digits: [Character], _ point: Int) -> String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + String(digits) }
    if point >= digits.count { return String(digits) + String(repeating: "0", count: point - digits.count) }
    return String(digits[..<point]) + "." + String(digits[point...])
  }

  private static func scientific(_ digits: [Character], _ exponent: Int) -> String {
    let mantissa = digits.count == 1 ? String(digits) : "\(digits[0]).\(String(digits[1...]))"
    let magnitude = exponent.magnitude
    return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(magnitude < 10 ? "0" : "")\(magnitude)"
  }
}
