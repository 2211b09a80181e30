import Syntax

/// Numbers for readers (`template/template.go` of Prometheus, `helpers/templates` of prometheus/common).
enum Humanize {
  /// `ConvertToFloat`: numbers, and texts that `strconv.ParseFloat` reads.
  static func float(_ value: TemplateValue) throws(TemplateError) -> Double {
    switch value {
    case .float(let number): return number
    case .int(let number), .long(let number): return Double(number)
    case .duration(let nanoseconds): return Double(nanoseconds) / 1_000_000_000
    case .text(let bytes):
      if let number = GoNumber.parsedFloat(bytes) { return number }
      throw TemplateError("a text is no number")
    default: throw TemplateError("a value is no number")
    }
  }

  static func number(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return short(value) }
    let (number, unit) = value.magnitude >= 1 ? grown(value) : shrunk(value)
    return short(number) + unit
  }

  static func binary(_ value: Double) -> String {
    guard value.magnitude > 1, value.isFinite else { return short(value) }
    let (number, unit) = scaled(value, by: 1024, ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"])
    return short(number) + unit
  }

  static func percentage(_ value: Double) -> String { short(value * 100) + "%" }

  static func duration(_ value: Double) -> String {
    guard value.isFinite else { return short(value) }
    guard value != 0 else { return short(value) + "s" }
    guard value.magnitude >= 1 else {
      let (number, unit) = shrunk(value)
      return short(number) + unit + "s"
    }
    let sign = value < 0 ? "-" : ""
    // What int64 can't hold becomes its least value, as on Go's machine.
    let total = value.magnitude < 9.2e18 ? Int64(value.magnitude) : .min
    let (seconds, minutes, hours, days) = (total % 60, total / 60 % 60, total / 3600 % 24, total / 86_400)
    if days != 0 { return "\(sign)\(days)d \(hours)h \(minutes)m \(seconds)s" }
    if hours != 0 { return "\(sign)\(hours)h \(minutes)m \(seconds)s" }
    if minutes != 0 { return "\(sign)\(minutes)m \(seconds)s" }
    return sign + short(value.magnitude) + "s"
  }

  /// Milliseconds are what is left of it. Nil for no number and infinity.
  static func time(_ value: Double) throws(TemplateError) -> TemplateTime? {
    guard value.isFinite else { return nil }
    let nanoseconds = value * 1e9
    guard let whole = Int64(exactly: nanoseconds.rounded(.towardZero))
    else { throw TemplateError("a number is too large for a time") }
    let milliseconds = whole / 1_000_000
    return TemplateTime(seconds: 0).adding(nanoseconds: milliseconds * 1_000_000)
  }

  private static func short(_ value: Double) -> String { GoFloat.text(value, UInt8(ascii: "g"), precision: 4) }

  private static func grown(_ value: Double) -> (Double, String) {
    scaled(value, by: 1000, ["k", "M", "G", "T", "P", "E", "Z", "Y"])
  }

  private static func scaled(_ value: Double, by step: Double, _ units: [String]) -> (Double, String) {
    var (value, unit) = (value, "")
    for next in units where value.magnitude >= step {
      unit = next
      value /= step
    }
    return (value, unit)
  }

  private static func shrunk(_ value: Double) -> (Double, String) {
    var (value, unit) = (value, "")
    for next in ["m", "u", "n", "p", "f", "a", "z", "y"] where value.magnitude < 1 {
      unit = next
      value *= 1000
    }
    return (value, unit)
  }
}

extension GoNumber {
  /// `strconv.ParseFloat`, with the words for infinity and no number.
  static func parsedFloat(_ bytes: [UInt8]) -> Double? {
    let text = String(decoding: bytes, as: UTF8.self)
    let word = text.lowercased()
    switch word.drop(while: { $0 == "+" || $0 == "-" }) {
    case "inf", "infinity":
      return word.utf8.count > 9 || word.dropFirst().hasPrefix("+") ? nil : word.hasPrefix("-") ? -.infinity : .infinity
    case "nan": return word == "nan" ? .nan : nil
    default: return GoTemplateNumber.float(text)
    }
  }
}
