public import Vocabulary

/// What a judge made of one specimen.
public struct Judgement: Sendable, Hashable {
  /// Sum of the evidence's weights.
  public var logOdds: Double
  /// The sum reaches the surface's threshold, or a canary was seen.
  public var isContent: Bool
  /// In the order of rules; at most one a rule.
  public var evidence: [Evidence]
  /// Distinct canary markers seen.
  public var canaryMarkers: Int
  /// From the first marker's first byte to the last one's end, in the specimen.
  public var canaryRange: Range<Int>?
  /// Of the planted message of which most was seen in this source, among those with a marker here.
  public var canaryExtent: CanaryExtent?
  /// The evidence that names the finding: the heaviest, but language only where no rule that knows a form decides by itself.
  public var leading: Evidence?
  /// Ids of rules that a limit stopped, and `decoding` where an encoded run was too long to be decoded whole: the
  /// specimen counts as not judged by them.
  public var undecided: [String]

  public init(
    logOdds: Double, isContent: Bool, evidence: [Evidence], canaryMarkers: Int, canaryRange: Range<Int>?,
    canaryExtent: CanaryExtent? = nil, leading: Evidence?, undecided: [String]
  ) {
    self.logOdds = logOdds
    self.isContent = isContent
    self.evidence = evidence
    self.canaryMarkers = canaryMarkers
    self.canaryRange = canaryRange
    self.canaryExtent = canaryExtent
    self.leading = leading
    self.undecided = undecided
  }

  /// Id of the leading rule, `canary` where a marker was seen, empty where nothing was.
  public var leadingRule: String { canaryRange != nil ? "canary" : leading?.detector ?? "" }
}
