public import Vocabulary

/// The rules about acceptances themselves. Nothing accepts their findings: who mends the acceptance is done with them.
public enum AcceptanceRule: String, Sendable, CaseIterable {
  case commentMalformed = "accept-malformed"
  case commentExpired = "accept-expired"
  case commentUnused = "accept-unused"
  case commentNotAllowed = "accept-not-allowed"
  case exceptionMalformed = "exception-malformed"
  case exceptionExpired = "exception-expired"
  case exceptionUnused = "exception-unused"

  /// A comment never decides about a gate at `exposure`, so that what is wrong with one doesn't either; what it was to accept counts.
  public var severity: Severity {
    switch self {
    case .commentMalformed, .commentExpired, .commentUnused, .commentNotAllowed, .exceptionUnused: .hygiene
    case .exceptionMalformed, .exceptionExpired: .exposure
    }
  }

  public var title: String {
    switch self {
    case .commentMalformed: "A comment that is to accept findings cannot be read"
    case .commentExpired: "A comment that accepted findings has expired"
    case .commentUnused: "A comment accepts nothing"
    case .commentNotAllowed: "A comment is to accept what none may accept"
    case .exceptionMalformed: "An entry of the exceptions file cannot be read"
    case .exceptionExpired: "An exception of the policy has expired"
    case .exceptionUnused: "An exception of the policy accepts nothing"
    }
  }

  public var rationale: String {
    switch self {
    case .commentMalformed, .exceptionMalformed:
      "Every acceptance has an owner, a reason and a last day; what lacks one accepts nothing."
    case .commentExpired, .exceptionExpired:
      "Its last day is over, so that somebody looks again; what it accepted counts."
    case .commentUnused, .exceptionUnused:
      "What it accepted is gone. Left in place it would accept the same again, unseen."
    case .commentNotAllowed:
      "A comment comes with the change that it speaks for, and a change must not accept its own leak."
    }
  }

  public var remedy: String {
    switch self {
    case .commentMalformed:
      "Write: sigilo:accept RULE until=YYYY-MM-DD owner=NAME reason=WHY, with a rule that there is, in a comment."
    case .commentExpired: "Mend the finding and delete the comment, or decide anew and move its until=."
    case .commentUnused: "Delete the comment, or put it on the line of the finding or right above it."
    case .commentNotAllowed:
      "Mend the finding, or have it accepted in the exceptions file of the policy; delete the comment."
    case .exceptionMalformed:
      "State fingerprint, owner, reason and until, each once; `sigilo policy check` says what is wrong where."
    case .exceptionExpired: "Mend the finding, or renew the exception with its owner."
    case .exceptionUnused: "Delete the exception."
    }
  }

  /// Whether a rule is one of these.
  static func isAboutAcceptance(_ rule: String) -> Bool { AcceptanceRule(rawValue: rule) != nil }
}
