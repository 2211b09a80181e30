/// Something a stage tried and how it came out: a promtool check, an alert's course, a panel's query.
///
/// Reports list these beside the findings, so that a reader sees what a pass rests on.
public struct Check: Sendable, Codable, Hashable {
  public enum Outcome: String, Sendable, Codable, Hashable, CaseIterable {
    case passed, failed, skipped
  }

  /// The stage it belongs to, e.g. `bundle`, `alerts`, `live`, `leak`.
  public var stage: String
  /// What was checked, e.g. `QueueSaturation fires in course queue`.
  public var name: String
  public var outcome: Outcome
  /// What was seen, or why it was skipped; no text read from a sink.
  public var detail: String?
  /// The program that judged, e.g. `promtool 2.42.0`, or `simulated`.
  public var subject: String?

  public init(stage: String, name: String, outcome: Outcome, detail: String? = nil, subject: String? = nil) {
    self.stage = stage
    self.name = name
    self.outcome = outcome
    self.detail = detail
    self.subject = subject
  }
}
