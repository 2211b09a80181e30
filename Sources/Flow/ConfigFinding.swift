public import Vocabulary

/// Something wrong with a configuration as it is written: a promise that it breaks or a way that it opens.
///
/// It quotes nothing from the file but names of our own tables (metrics, settings, flags, label names), so that it may be
/// printed as it stands.
public struct ConfigFinding: Sendable, Hashable {
  /// Rule id, e.g. `dead-metric`.
  public var rule: String
  public var severity: Severity
  public var surface: Surface
  public var message: String
  public var remedy: String
  public var path: String
  /// Line and column (code points), from 1; nil where the whole file is meant.
  public var line: Int?
  public var column: Int?
  /// JSON pointer (RFC 6901) into a YAML or JSON document, else nil. Its keys come from the file: guard before printing.
  public var pointer: String?
  /// The way that text takes, from where it enters to where somebody reads it; empty where the finding is about a place alone.
  public var flow: [FlowStep] = []
  /// Lines that mend it, to be pasted; empty where none are sure to.
  public var paste: [PasteLine] = []

  public init(
    rule: String, severity: Severity, surface: Surface, message: String, remedy: String, path: String, line: Int? = nil,
    column: Int? = nil, pointer: String? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.surface = surface
    self.message = message
    self.remedy = remedy
    self.path = path
    self.line = line
    self.column = column
    self.pointer = pointer
  }
}
