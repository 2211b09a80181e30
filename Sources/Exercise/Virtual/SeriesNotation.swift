/// Samples in the notation of promtool's `values`: explicit values, runs folded (`0x5` is a value and five repeats).
///
/// A series that a scrape no longer brings ends with `stale`, as Prometheus marks it; steps without a scrape are `_`.
enum SeriesNotation {
  static func text(_ series: Recording.Series) -> String {
    var tokens: [(text: String, count: Int)] = []
    func add(_ text: String) {
      if tokens.last?.text == text, text != "stale" {
        tokens[tokens.count - 1].count += 1
      } else {
        tokens.append((text, 1))
      }
    }
    var isPresent = false
    for (index, value) in series.values.enumerated() {
      if let value {
        add(number(value))
        isPresent = true
      } else if isPresent, index.isMultiple(of: series.period) {
        add("stale")
        isPresent = false
      } else {
        add("_")
      }
    }
    return tokens.map { token in
      if token.count == 1 { return token.text }
      return token.text == "_" ? "_x\(token.count)" : "\(token.text)x\(token.count - 1)"
    }.joined(separator: " ")
  }

  /// As PromQL's lexer reads numbers.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }
}
