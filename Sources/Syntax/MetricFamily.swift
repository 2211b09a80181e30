/// A metric family as an exporter exposes it: what the HELP and TYPE lines say, and its samples.
public struct MetricFamily: Sendable, Hashable {
  /// Types of the text format 0.0.4 and of OpenMetrics 1.0.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case counter, gauge, histogram, summary, untyped
    case info, stateset, gaugehistogram, unknown
  }

  public struct Label: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public struct Sample: Sendable, Hashable {
    /// The whole name on the line, with `_total`, `_bucket`, `_sum` or `_count` where there is one.
    public var name: String
    public var labels: [Label]
    public var value: Double

    public init(_ name: String, _ labels: [Label] = [], _ value: Double) {
      self.name = name
      self.labels = labels
      self.value = value
    }
  }

  /// The name on the HELP and TYPE lines.
  public var name: String
  public var kind: Kind
  /// Unescaped; nil where there is no HELP line.
  public var help: String?
  public var samples: [Sample]

  public init(_ name: String, _ kind: Kind, help: String? = nil, samples: [Sample] = []) {
    self.name = name
    self.kind = kind
    self.help = help
    self.samples = samples
  }
}
