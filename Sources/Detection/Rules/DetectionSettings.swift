public import Patterns
public import Vocabulary

/// What detection works with: the rules, and from which sum of log-odds on a specimen is content.
public struct DetectionSettings: Sendable, Hashable {
  public var rules: [PatternRule]
  /// Sum of log-odds from which on a specimen of the surface is content.
  public var thresholds: [Surface: Double]
  /// Ids of rules that are switched off.
  public var disabled: Set<String>
  public var limits: MatchLimits
  /// Most bytes that one encoded run is decoded to.
  public var maximumDecoded: Int
  /// Interpreter in place of machine code, and every pattern on every specimen: slow, and the reference for tests.
  public var isReference: Bool

  public static let defaultThreshold = 4.0

  public init(
    rules: [PatternRule], thresholds: [Surface: Double] = [:], disabled: Set<String> = [],
    limits: MatchLimits = MatchLimits(), maximumDecoded: Int = 2 << 20, isReference: Bool = false
  ) {
    self.rules = rules
    self.thresholds = thresholds
    self.disabled = disabled
    self.limits = limits
    self.maximumDecoded = maximumDecoded
    self.isReference = isReference
  }

  public func threshold(on surface: Surface) -> Double { thresholds[surface] ?? Self.defaultThreshold }
}
