/// An entry of the policy's exceptions file: a finding that someone accepts, why, and until when.
public struct Exception: Sendable, Codable, Hashable {
  public var fingerprint: String
  public var owner: String
  public var reason: String
  /// Last day on which it holds, `YYYY-MM-DD` (UTC).
  public var until: String
  /// The rule that it was written for; where it is stated, findings of no other are accepted.
  public var rule: String?
  /// The sink that it was written for; where it is stated, findings in no other are accepted.
  public var sink: Sink?
  /// Where the entry stands.
  public var place: Location?

  public init(
    fingerprint: String, owner: String, reason: String, until: String, rule: String? = nil, sink: Sink? = nil,
    place: Location? = nil
  ) {
    self.fingerprint = fingerprint
    self.owner = owner
    self.reason = reason
    self.until = until
    self.rule = rule
    self.sink = sink
    self.place = place
  }
}
