/// What became of the samples' lines.
public struct LearningSummary: Sendable {
  public internal(set) var lines = 0
  /// Lines that the contract claims with what was learned, and those of them that it claimed before; both as if all hosts were
  /// declared.
  public internal(set) var claimed = 0
  public internal(set) var claimedBefore = 0
  /// Lines of what the contract forbids.
  public internal(set) var forbidden = 0
  /// Lines of forms beyond the number that is told apart.
  public internal(set) var overflow = 0
  /// What a person has to decide, the most frequent first.
  public internal(set) var decisions: [LineDecision] = []
  /// Hosts that were named, and those of them that the inventory doesn't declare.
  public internal(set) var hosts = 0
  public internal(set) var undeclaredHosts = 0
  /// Lines that detectors hold for conversation, and where the first of them stood.
  public private(set) var content = 0
  public private(set) var contentPlaces: [LearningPlace] = []

  static let maximumPlaces = 20

  mutating func skip(_ place: LearningPlace) {
    content += 1
    lines += 1
    if contentPlaces.count < Self.maximumPlaces { contentPlaces.append(place) }
  }
}
