/// Which metrics a text of PromQL reads; see ``PromQLReading``.
public enum PromQLNames {
  /// The metric names that an expression reads, also one that is not well formed.
  public static func metricNames(in expression: String) -> [String] { PromQLReading(ofAnyText: expression).metrics }
}
