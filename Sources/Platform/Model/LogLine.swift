/// One line that a simulated program wrote, without its newline.
///
/// A record of several physical lines (a traceback) is several of these with equal time.
public struct LogLine: Sendable, Hashable {
  /// Logical name of the log, e.g. `vllm@gpu-node1` or `litellm`; the file is `<name>.log`.
  public var log: String
  /// Seconds of simulated time since the course began.
  public var time: Double
  public var text: String

  public init(log: String, time: Double, text: String) {
    self.log = log
    self.time = time
    self.text = text
  }
}
