/// A course of load with at most one fault, and the alert that the fault must raise.
///
/// Times are seconds of simulated time since the course began. Every fault stands long enough for the alert's `for`, and
/// ends long enough before the course does for the alert to resolve.
public enum Course: String, Sendable, Hashable, CaseIterable {
  /// Ordinary load; none of the alerts may fire.
  case healthy
  /// The vLLM server of one GPU node stops answering and comes back.
  case nodeDown = "node-down"
  /// Something else fills the framebuffer of one GPU.
  case memory
  /// The cooling of one GPU fails.
  case temperature
  /// The upstreams answer a fifth of the requests with a server-side error.
  case errors
  /// More requests arrive at one node than it can serve.
  case queue

  /// Length of the whole course.
  public var duration: Double { 90 * 60 }

  /// When the fault holds; nil in the healthy course.
  public var fault: Range<Double>? {
    switch self {
    case .healthy: nil
    case .nodeDown, .memory, .temperature, .errors, .queue: (30 * 60)..<(55 * 60)
    }
  }

  /// The alert that must fire within `fault` and must have resolved by the end; nil in the healthy course.
  public var alert: String? {
    switch self {
    case .healthy: nil
    case .nodeDown: "VLLMDown"
    case .memory: "GPUMemoryCritical"
    case .temperature: "GPUTemperatureHigh"
    case .errors: "ErrorRateHigh"
    case .queue: "QueueSaturation"
    }
  }
}
