import Syntax
import Testing

@testable import Exercise

@Suite struct CompressionTests {
  private let compression = Compression(factor: 60)

  @Test(arguments: [
    ("up == 0", "up == 0"),
    ("increase(x[5m]) > 5", "increase(x[5s]) > 5"),
    ("sum(rate(x{a=\"b\"}[5m])) > 0.05", "sum((rate(x{a=\"b\"}[5s]) / 60)) > 0.05"),
    ("max_over_time((irate(x[5m]))[1h:5m])", "max_over_time(((irate(x[5s]) / 60))[1m:5s])"),
    ("avg_over_time(x[10m:])", "avg_over_time(x[10s:])"),
    ("x offset 10m - x offset -1h", "x offset 10s - x offset -1m"),
    ("rate(x[5m] @ 5)[10m:1m] offset -$", "rate(x[5m] @ 5)[10m:1m] offset -$"),
    ("sum_over_time(x[5m*2:1m])", "sum_over_time(x[5s * 2:1s])"),
    // What only looks like a duration stays: strings, comments, names, numbers.
    (#"x{a="[5m] offset 5m", b='rate(x[5m])'} > 5"#, #"x{a="[5m] offset 5m", b='rate(x[5m])'} > 5"#),
    ("job:x:rate5m > 5e3 # [5m]", "job:x:rate5m > 5e3 # [5m]"),
    ("rate > 5", "rate > 5"),
    // Shorter than four scrapes can't be.
    ("increase(x[10s])", "increase(x[800ms])"),
  ])
  func expressions(original: String, compressed: String) {
    #expect(compression.expression(original) == compressed)
  }

  @Test func plainSecondsAreTold() {
    #expect(Compression.hasPlainSeconds("time() - x > 600"))
    #expect(!Compression.hasPlainSeconds(#"x{time="timestamp"} > 600"#))
  }

  @Test(arguments: [
    ("5m", 300_000, "5m"), ("1h30m", 5_400_000, "1h30m"), ("90s", 90_000, "1m30s"), ("500ms", 500, "500ms"),
    ("1d", 86_400_000, "1d"), ("0", 0, "0s"),
  ])
  func durations(text: String, milliseconds: Int, canonical: String) {
    #expect(PrometheusDuration(text)?.milliseconds == milliseconds)
    #expect(PrometheusDuration(milliseconds: milliseconds).text == canonical)
  }

  @Test(arguments: ["", "5", "m", "5m1h", "1m1m", "5 m", "-5m", "1.5h", "99999999999999999y"])
  func whatIsNoDuration(text: String) { #expect(PrometheusDuration(text) == nil) }
}
