/// How much of what a source emitted its contract claims.
public struct ClaimTally: Sendable, Codable, Hashable {
  public struct Share: Sendable, Codable, Hashable {
    public var claimed = 0
    public var all = 0

    public init() {}

    public mutating func count(_ isClaimed: Bool) {
      all += 1
      if isClaimed { claimed += 1 }
    }

    public static func += (left: inout Share, right: Share) {
      left.claimed += right.claimed
      left.all += right.all
    }
  }

  /// Names of families and samples, each once.
  public var families = Share()
  /// Label values, one a series and label.
  public var values = Share()
  public var lines = Share()

  public init() {}

  public static func + (left: ClaimTally, right: ClaimTally) -> ClaimTally {
    var sum = left
    sum += right
    return sum
  }

  public static func += (left: inout ClaimTally, right: ClaimTally) {
    left.families += right.families
    left.values += right.values
    left.lines += right.lines
  }
}
