/// Something that a source emits and its contract does not claim. It holds words of the contract, never of the source.
public struct Breach: Sendable, Hashable {
  public enum Rule: String, Sendable, Hashable, CaseIterable {
    case family = "contract-family"
    case label = "contract-label"
    case value = "contract-value"
    case distinct = "contract-distinct"
    case line = "contract-line"
    case comment = "contract-comment"
    case forbidden = "contract-forbidden"
  }

  public var rule: Rule
  /// Id of the clause that came nearest, or that forbids it.
  public var clause: String?
  /// What differed: which slot or text was expected, from which byte on; or why it is forbidden.
  public var difference: String

  public init(_ rule: Rule, clause: String? = nil, _ difference: String) {
    self.rule = rule
    self.clause = clause
    self.difference = difference
  }
}

/// How much of what a source emitted its contract claims.
public struct ClaimTally: Sendable, Hashable {
  public struct Share: Sendable, Hashable, CustomStringConvertible {
    public var claimed = 0
    public var all = 0

    public init() {}

    mutating func count(_ isClaimed: Bool) {
      all += 1
      if isClaimed { claimed += 1 }
    }

    public static func += (left: inout Share, right: Share) {
      left.claimed += right.claimed
      left.all += right.all
    }

    public var description: String { "\(claimed)/\(all)" }
  }

  public var families = Share()
  public var values = Share()
  public var lines = Share()

  public init() {}

  public static func += (left: inout ClaimTally, right: ClaimTally) {
    left.families += right.families
    left.values += right.values
    left.lines += right.lines
  }
}
