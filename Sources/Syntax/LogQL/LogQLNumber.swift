/// Numbers as Loki takes them from their literals.
///
/// Source: Go's strconv/atof.go and atoi.go, as grafana/loki pkg/logql/syntax/ast.go calls them.
enum LogQLNumber {
  /// What `strconv.ParseFloat` makes of a literal, and whether it takes it: it gives 0 for what is no number to it (`0b1`, `0x1F`)
  /// and infinity for what is too large.
  static func double(_ literal: String) -> (value: Double, isValid: Bool) {
    let text = literal.filter { $0 != "_" }.lowercased()
    let isHexadecimal = text.hasPrefix("0x")
    guard isHexadecimal ? text.contains("p") : !text.hasPrefix("0b") && !text.hasPrefix("0o"), let value = Double(text)
    else { return (0, false) }
    return (value, value.isFinite)
  }

  /// What `strconv.Atoi` takes.
  static func integer(_ literal: String) -> Int? {
    literal.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(literal) : nil
  }

  /// A literal that is read as this number.
  static func text(_ value: Double) -> String {
    if value.isInfinite { return value < 0 ? "-1e999" : "1e999" }
    // `-0` is a duration to Loki.
    if value == 0 { return value.sign == .minus ? "-0.0" : "0" }
    if value == value.rounded(), value.magnitude < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }
}
