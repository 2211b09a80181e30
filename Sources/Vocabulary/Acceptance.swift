/// By what a finding is accepted, as reports show it.
///
/// Owner and reason are printed from the policy's exceptions file alone. A comment's stay in its file, which is a sink like
/// any other: a report names the place where they stand.
public struct Acceptance: Sendable, Codable, Hashable {
  public enum Kind: String, Sendable, Codable, Hashable, CaseIterable {
    /// An entry of the policy's exceptions file.
    case exception
    /// A comment in the file itself.
    case comment
    /// The finding stood in the baseline already.
    case baseline

    /// The gravest that it accepts. A comment comes with the change that it speaks for, and a baseline has no owner, no reason and no
    /// end.
    public var gravest: Severity {
      switch self {
      case .exception: .content
      case .comment: .hygiene
      case .baseline: .exposure
      }
    }
  }

  public var kind: Kind
  public var owner: String?
  public var reason: String?
  /// Last day on which it holds, `YYYY-MM-DD` (UTC); nil for a baseline.
  public var until: String?
  /// Where the comment, or the entry of the exceptions file, stands.
  public var place: Location?

  private init(
    _ kind: Kind, owner: String? = nil, reason: String? = nil, until: String? = nil, place: Location? = nil
  ) {
    self.kind = kind
    self.owner = owner
    self.reason = reason
    self.until = until
    self.place = place
  }

  public static func exception(_ exception: Exception) -> Acceptance {
    Acceptance(
      .exception, owner: exception.owner, reason: exception.reason, until: exception.until, place: exception.place)
  }

  public static func comment(at place: Location, until: String) -> Acceptance {
    Acceptance(.comment, until: until, place: place)
  }

  public static let baseline = Acceptance(.baseline)
}
