/// What became of one sink or asset that should have been looked at.
public struct Coverage: Sendable, Codable, Hashable {
  public enum Outcome: String, Sendable, Codable, Hashable, CaseIterable {
    /// Read as its own format and judged.
    case judged
    /// Of unknown or broken format, and judged as plain text.
    case judgedAsText = "judged as text"
    /// Some bytes were judged by no detector.
    case incomplete
    /// A named target never answered.
    case unreachable
  }

  public var sink: Sink
  public var surface: Surface
  public var outcome: Outcome
  /// Format by content, e.g. `prometheus rules`, `exposition`, `text`.
  public var format: String
  /// The contracts in force, parted by commas, or `none`; of a store that holds several sources `none` stands last where some of
  /// it is bound to no contract.
  public var contract: String
  /// How much of it they claim, by contract; nil where none is in force.
  public var claims: [String: ClaimTally]?
  /// What produced the telemetry: `simulated`, or a program and its version; nil where the sink is a file of unknown origin.
  public var subject: String?
  public var records: Int
  public var bytes: Int
  /// Why it is not simply `judged`; and remarks such as `pipeline not evaluated`.
  public var notes: [String]

  public init(
    sink: Sink, surface: Surface, outcome: Outcome, format: String, contract: String = "none", subject: String? = nil,
    records: Int = 0, bytes: Int = 0, notes: [String] = []
  ) {
    self.sink = sink
    self.surface = surface
    self.outcome = outcome
    self.format = format
    self.contract = contract
    self.subject = subject
    self.records = records
    self.bytes = bytes
    self.notes = notes
  }
}
