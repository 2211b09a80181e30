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

    /// What a finding of the rule says, whatever the source.
    public var title: String {
      switch self {
      case .family: "No clause of the contract claims the metric"
      case .label: "No clause of the contract claims the label"
      case .value: "The contract claims another type of value"
      case .distinct: "The contract claims fewer different values"
      case .line: "No clause of the contract claims the line"
      case .comment: "No clause of the contract claims the comment"
      case .forbidden: "The contract forbids it"
      }
    }

    public static let rationale =
      "What a source may emit is stated; what nobody stated may hold anything, conversation among it."
    public static let remedy =
      "Stop it at the source; where it can hold no text of a client, state it in the contract, or declare the name in the "
      + "inventory (--fleet)."
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
