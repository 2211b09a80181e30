public import Vocabulary

/// What is said about each rule: its severity, message and remedy.
public struct RuleBook: Sendable {
  public struct Entry: Sendable {
    public var severity: Severity
    public var message: String
    public var remedy: String?

    public init(severity: Severity, message: String, remedy: String?) {
      self.severity = severity
      self.message = message
      self.remedy = remedy
    }
  }

  private var entries: [String: Entry]

  public init(_ entries: [String: Entry]) {
    self.entries = entries
  }

  /// The entry of a rule; a rule without one is still a finding, since evidence counts and not its description.
  public subscript(rule: String) -> Entry {
    entries[rule]
      ?? Entry(
        severity: .content, message: "Text that looks like conversation content.",
        remedy: "Find what writes it and stop it at the source.")
  }
}
