import Foundation
import Platform
import Syntax

/// What the platform's table of alerts says each of the five means, computed on a recording without PromQL.
///
/// promtool judges the rules; this says independently what it must find. Source of names and thresholds: the platform's
/// table (vLLM down, framebuffer over 95 %, GPU over 80 °C, more than 0.05 server-side failures a second, more than 10
/// requests waiting), with the two conditions that name metrics which do not exist read as they are meant.
struct Condition {
  var recording: Recording
  /// Whether a range begins just after its left edge, as from Prometheus 3.0 on.
  var isLeftOpen = false

  /// Every metric that a condition looks at.
  static let reads: Set<String> = [
    "up", "DCGM_FI_DEV_FB_USED", "DCGM_FI_DEV_FB_FREE", "DCGM_FI_DEV_FB_RESERVED", "DCGM_FI_DEV_GPU_TEMP",
    "litellm_proxy_failed_requests_metric_total", "vllm:num_requests_waiting",
  ]

  /// Whether the condition of the course's alert holds at a step, seen as an instant query sees it; nil where the course has none.
  func holds(at step: Int) -> Bool? {
    switch recording.course {
    case .healthy: nil
    case .nodeDown: series("up", job: "vllm").contains { value($0, at: step) == 0 }
    case .memory: gpus.contains { memoryShare($0, at: step).map { $0 > 0.95 } ?? false }
    case .temperature: series("DCGM_FI_DEV_GPU_TEMP").contains { value($0, at: step).map { $0 > 80 } ?? false }
    case .errors: failureRate(at: step).map { $0 > 0.05 } ?? false
    case .queue: waiting(at: step).values.contains { $0 > 10 }
    }
  }

  private func series(_ name: String, job: String? = nil) -> [Recording.Series] {
    recording.series.filter { $0.name == name && (job == nil || $0.label("job") == job) }
  }

  /// The newest sample at or before the step, unless the series ended or is older than Prometheus looks back (5 min).
  private func value(_ series: Recording.Series, at step: Int) -> Double? {
    let window = Int(300 / recording.step.seconds)
    for index in stride(from: step, through: max(0, step - window), by: -1) {
      if let value = series.values[index] { return value }
      if index.isMultiple(of: series.period) { return nil }
    }
    return nil
  }

  // MARK: Memory

  private struct GPU: Hashable { var instance, index: String }

  private var gpus: Set<GPU> {
    Set(series("DCGM_FI_DEV_FB_USED").map { GPU(instance: $0.label("instance") ?? "", index: $0.label("gpu") ?? "") })
  }

  private func memoryShare(_ gpu: GPU, at step: Int) -> Double? {
    func part(_ name: String) -> Double? {
      series(name).first { $0.label("instance") == gpu.instance && $0.label("gpu") == gpu.index }
        .flatMap { value($0, at: step) }
    }
    guard let used = part("DCGM_FI_DEV_FB_USED"), let free = part("DCGM_FI_DEV_FB_FREE"),
      let reserved = part("DCGM_FI_DEV_FB_RESERVED")
    else { return nil }
    return used / (used + free + reserved)
  }

  // MARK: Queue

  private func waiting(at step: Int) -> [String: Double] {
    series("vllm:num_requests_waiting").reduce(into: [:]) { sums, series in
      guard let value = value(series, at: step) else { return }
      sums[series.label("instance") ?? "", default: 0] += value
    }
  }

  // MARK: Errors

  /// Server-side failures a second over five minutes, summed over all series.
  private func failureRate(at step: Int) -> Double? {
    let failures = series("litellm_proxy_failed_requests_metric_total").filter { series in
      let status = series.label("exception_status") ?? ""
      return status == "408" || (status.count == 3 && status.first == "5")
    }
    let rates = failures.compactMap { rate($0, at: step) }
    return rates.isEmpty ? nil : rates.reduce(0, +)
  }

  /// The per-second increase over the window, extrapolated to its edges as Prometheus documents `rate()`: up to half an
  /// average distance beyond the first and last sample where the window's edge is farther than 1.1 of it, and never below
  /// zero.
  private func rate(_ series: Recording.Series, at step: Int) -> Double? {
    let window = 300.0
    let span = Int(window / recording.step.seconds)
    let samples = (max(0, step - span + (isLeftOpen ? 1 : 0))...step).compactMap { index in
      series.values[index].map { (time: recording.time(index), value: $0) }
    }
    guard let first = samples.first, let last = samples.last, samples.count > 1 else { return nil }
    var increase = last.value - first.value
    for (before, after) in zip(samples, samples.dropFirst()) where after.value < before.value {
      increase += before.value
    }

    let end = recording.time(step)
    let covered = last.time - first.time
    let distance = covered / Double(samples.count - 1)
    var toStart = first.time - (end - window)
    var toEnd = end - last.time
    if increase > 0, first.value >= 0 { toStart = min(toStart, covered * (first.value / increase)) }
    toStart = toStart < distance * 1.1 ? toStart : distance / 2
    toEnd = toEnd < distance * 1.1 ? toEnd : distance / 2
    return increase * (covered + toStart + toEnd) / covered / window
  }
}

/// When an alert must change, in seconds of simulated time.
struct Expectation: Hashable {
  /// First evaluation at which it fires.
  var fires: Double
  /// Last evaluation of that stretch at which it still fires.
  var lasts: Double
  /// Time between evaluations.
  var interval: Double

  /// Walks the evaluations as Prometheus does: the condition must hold at each from the first on until `hold` has passed.
  ///
  /// - Returns: Nil where the condition never holds long enough.
  init?(
    _ condition: Condition, hold: PrometheusDuration, interval: PrometheusDuration
  ) {
    let recording = condition.recording
    self.interval = interval.seconds
    var since: Double?
    var fired: Double?
    var last: Double?
    var time = 0.0
    while time <= recording.time(recording.steps - 1) {
      let step = Int(time / recording.step.seconds)
      if condition.holds(at: step) ?? false {
        let start = since ?? time
        since = start
        if time - start >= hold.seconds {
          if fired == nil { fired = time }
          last = time
        }
      } else {
        since = nil
        if fired != nil { break }
      }
      time += interval.seconds
    }
    guard let fired, let last else { return nil }
    fires = fired
    lasts = last
  }
}
