public import Vocabulary

/// What samples showed and nobody has decided on: it is written down so that it is not lost, and claims nothing.
public struct Undecided: Sendable, Hashable {
  public enum Subject: Sendable, Hashable {
    /// A line's template in which `{?}` stands for what somebody has to name a type for.
    case line(String)
    /// A label of some families, whose values have no type yet.
    case label(String, families: [String])
  }

  public var subject: Subject
  public var place: Location?

  public init(_ subject: Subject, place: Location? = nil) {
    self.subject = subject
    self.place = place
  }
}
