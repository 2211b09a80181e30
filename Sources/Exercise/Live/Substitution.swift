/// One thing that a live run changed in the configuration it was given, for the report.
public struct Substitution: Sendable, Codable, Hashable {
  /// The file, relative to the tree's root.
  public var path: String
  /// JSON pointer to what was changed (RFC 6901).
  public var pointer: String
  /// What became of it, e.g. `15s became 250ms`; quotes nothing but durations.
  public var what: String

  public init(path: String, pointer: String, what: String) {
    self.path = path
    self.pointer = pointer
    self.what = what
  }
}
