/// A span of time in nanoseconds since 1970, the end not included.
public struct TimeRange: Sendable, Hashable {
  public var start: Int64
  public var end: Int64

  public init(start: Int64, end: Int64) {
    self.start = start
    self.end = end
  }

  /// The hour (unless told otherwise) before a moment, which is given so that runs can be repeated.
  public static func before(_ end: Int64, seconds: Int64 = 3600) -> TimeRange {
    TimeRange(start: end - seconds * 1_000_000_000, end: end)
  }

  /// As Prometheus takes it: seconds with three decimals.
  static func seconds(_ nanoseconds: Int64) -> String {
    let milliseconds = nanoseconds / 1_000_000
    let rest = "\(milliseconds % 1000)"
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }
}
