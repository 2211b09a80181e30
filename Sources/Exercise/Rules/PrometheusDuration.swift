/// Durations as Prometheus and Alertmanager write them: `5m`, `1h30m`, `500ms`.
///
/// Source: `model.ParseDuration` of prometheus/common: units y w d h m s ms, each at most once, in that order.
struct PrometheusDuration: Hashable, Comparable {
  var milliseconds: Int

  init(milliseconds: Int) { self.milliseconds = milliseconds }

  init(seconds: Double) { milliseconds = Int((seconds * 1000).rounded()) }

  /// - Returns: Nil where the text is no duration.
  init?(_ text: some StringProtocol) {
    if text == "0" {
      milliseconds = 0
      return
    }
    var rest = Substring(text)
    var total = 0
    var units = Self.units[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(letters.count)
      guard let count = Int(digits), let index = units.firstIndex(where: { $0.name == letters }) else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: units[index].milliseconds)
      let (sum, overflowed) = total.addingReportingOverflow(product)
      guard !overflow, !overflowed else { return nil }
      total = sum
      units = units[(index + 1)...]
    }
    guard !text.isEmpty else { return nil }
    milliseconds = total
  }

  var seconds: Double { Double(milliseconds) / 1000 }

  /// The shortest form in hours, minutes, seconds and milliseconds, e.g. `1m30s`.
  var text: String {
    guard milliseconds > 0 else { return "0s" }
    var rest = milliseconds
    var out = ""
    for unit in Self.units where ["h", "m", "s", "ms"].contains(unit.name) {
      let count = rest / unit.milliseconds
      rest %= unit.milliseconds
      if count > 0 { out += "\(count)\(unit.name)" }
    }
    return out
  }

  static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  private static let units: [(name: String, milliseconds: Int)] = [
    ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
    ("ms", 1),
  ]
}
