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

  /// What became of expositions.
  public internal(set) var metrics = MetricSummary()
  /// Labels that a person has to decide on, by name.
  public internal(set) var labels: [LabelDecision] = []

  static let maximumPlaces = 20

  mutating func skip(_ place: LearningPlace) {
    content += 1
    lines += 1
    if contentPlaces.count < Self.maximumPlaces { contentPlaces.append(place) }
  }
}

/// What became of the samples of expositions.
public struct MetricSummary: Sendable {
  public internal(set) var samples = 0
  public internal(set) var families = 0
  /// Families that the contract claims, with what was learned.
  public internal(set) var claimed = 0
  /// Samples and labels that the contract forbids.
  public internal(set) var forbidden = 0
  /// Values that detectors hold for conversation, and samples of which a name can't be written down.
  public private(set) var content = 0
  public private(set) var names = 0
  /// Where the first of both stood.
  public private(set) var contentPlaces: [LearningPlace] = []
  public private(set) var namePlaces: [LearningPlace] = []

  mutating func skipContent(_ place: LearningPlace) {
    content += 1
    if contentPlaces.count < LearningSummary.maximumPlaces { contentPlaces.append(place) }
  }

  mutating func skipName(_ place: LearningPlace) {
    names += 1
    if namePlaces.count < LearningSummary.maximumPlaces { namePlaces.append(place) }
  }
}
