import Contracts
import Syntax
import TestSupport
import Testing

@testable import Flow

/// Between what values numbers and results of PromQL lie.
@Suite struct ValueRangeTests {
  /// The result of every two numbers within two ranges lies within the range that is told of it.
  @Test func arithmeticHoldsForEveryNumberWithin() {
    var random = SeededGenerator(20)
    let ends: [Double] = [-.infinity, -7, -1, -0.5, 0, 0.25, 1, 3, .infinity]
    func ordered(_ one: Double, _ other: Double) -> ValueRange { ValueRange(min(one, other), max(one, other)) }
    func numbers(in range: ValueRange) -> [Double] {
      let finite = [range.least, range.most, (max(range.least, -100) + min(range.most, 100)) / 2, 0, 1, -1, 50, -50]
      return finite.filter { $0.isFinite && range.least <= $0 && $0 <= range.most }
    }
    for _ in 0..<3000 {
      let left = ordered(ends.randomElement(using: &random)!, ends.randomElement(using: &random)!)
      let right = ordered(ends.randomElement(using: &random)!, ends.randomElement(using: &random)!)
      for one in numbers(in: left) {
        for other in numbers(in: right) {
          for (result, range) in [
            (one + other, left + right), (one - other, left - right), (one * other, left * right),
            (one / other, left / right),
          ] where !result.isNaN {
            #expect(range.least <= result && result <= range.most, "\(one), \(other) of \(left), \(right)")
          }
        }
      }
    }
  }

  @Test(
    arguments: [
      ("vllm:kv_cache_usage_perc", 0, 1), ("up", 0, 1), ("ALERTS", 1, 1), ("some_metric", -.infinity, .infinity),
      ("vllm:request_success_total", 0, .infinity), ("vllm:e2e_request_latency_seconds_bucket", 0, .infinity),
      ("vllm:e2e_request_latency_seconds_count", 0, .infinity), ("-up", -1, 0), ("1 - up", 0, 1),
      ("2 * (up + 1)", 2, 4),
      ("1 / (up + 1)", 0.5, 1), ("up / up", 0, .infinity), ("some_metric / up", -.infinity, .infinity),
      ("up / (0 - up - 1)", -1, 0),
      // A share of a sum, however the sum is written.
      ("DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE)", 0, 1),
      ("(DCGM_FI_DEV_FB_USED) / (DCGM_FI_DEV_FB_FREE + (DCGM_FI_DEV_FB_RESERVED + DCGM_FI_DEV_FB_USED))", 0, 1),
      ("DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_FREE + DCGM_FI_DEV_FB_RESERVED)", 0, .infinity),
      ("DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED - DCGM_FI_DEV_FB_FREE)", -.infinity, .infinity),
      ("some_metric / (some_metric + other_metric)", -.infinity, .infinity),
      ("rate(some_metric[5m])", 0, .infinity), ("count(up)", 1, .infinity), ("group(up)", 1, 1), ("absent(up)", 1, 1),
      ("sum(up)", 0, .infinity), ("sum(some_metric)", -.infinity, .infinity), ("stddev(some_metric)", 0, .infinity),
      ("avg_over_time(up[5m])", 0, 1), ("sum_over_time(up[5m])", 0, .infinity),
      ("quantile_over_time(0.9, up[5m])", 0, 1),
      ("max_over_time(up[5m:1m])", 0, 1), ("clamp_max(some_metric, 5)", -.infinity, 5), ("clamp_min(up, 0.5)", 0.5, 1),
      ("abs(some_metric)", 0, .infinity), ("up > bool 3", 0, 1), ("up > 3", 0, 1), ("up or vector(7)", 0, 7),
      ("up and some_metric", 0, 1), ("up unless some_metric", 0, 1), ("up % 2", -.infinity, .infinity),
      ("time()", -.infinity, .infinity), ("topk(3, up)", 0, 1), ("DCGM_FI_DEV_FB_USED_PERCENT", 0, 1),
    ] as [(String, Double, Double)])
  func expressionsLieWithin(query: String, least: Double, most: Double) throws {
    let range = try facts.ranges.range(of: PromQLExpression.parse(query))
    #expect(range == ValueRange(least, most))
  }
}
