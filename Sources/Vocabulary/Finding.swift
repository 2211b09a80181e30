/// A group of sightings: one rule in one sink with one skeleton. It never holds the text.
public struct Finding: Sendable, Codable, Hashable {
  /// Rule id, e.g. `vllm-request-log` or `canary`.
  public var rule: String
  public var severity: Severity
  public var sink: Sink
  public var surface: Surface
  /// Fingerprint v1, lower-case hex (see docs/ARCHITECTURE.md, invariant 1).
  public var fingerprint: String
  /// What the rule says, from the rule's own data.
  public var message: String
  /// What to do about it.
  public var remedy: String?
  /// Redacted shape of the specimen: words, numbers and runs by class and length class.
  public var shape: String?
  /// Length class of the specimen, e.g. `65-256 bytes`.
  public var length: String?
  /// Summed log-odds of the strongest sighting; absent for rules that do not weigh.
  public var score: Double?
  /// Sum from which on a specimen of the surface is content; absent for rules that do not weigh.
  public var threshold: Double?
  /// Evidence of the strongest sighting.
  public var evidence: [Evidence]
  /// Of a canary, how much of one planted message was seen in the sink: of the one of which most was.
  public var canary: CanaryExtent?
  public var count: Int
  /// First `Finding.maximumLocations` places, in reading order.
  public var locations: [Location]
  /// The way that text can take to somebody who reads it, from its source on; nil for findings about one place.
  public var flow: [FindingStep]?
  /// Lines to paste that mend it, where they are known.
  public var paste: [String]?
  /// Set where someone or something accepts it: it is shown and does not count.
  public var accepted: Acceptance?

  public static let maximumLocations = 20

  public init(
    rule: String, severity: Severity, sink: Sink, surface: Surface, fingerprint: String, message: String,
    remedy: String? = nil, shape: String? = nil, length: String? = nil, score: Double? = nil,
    threshold: Double? = nil, evidence: [Evidence] = [], canary: CanaryExtent? = nil, count: Int = 1,
    locations: [Location] = [], accepted: Acceptance? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.sink = sink
    self.surface = surface
    self.fingerprint = fingerprint
    self.message = message
    self.remedy = remedy
    self.shape = shape
    self.length = length
    self.score = score
    self.threshold = threshold
    self.evidence = evidence
    self.canary = canary
    self.count = count
    self.locations = locations
    self.accepted = accepted
  }
}
