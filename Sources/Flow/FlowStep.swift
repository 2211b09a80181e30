/// One station on the way of a text, from where it enters to where somebody reads it.
public struct FlowStep: Sendable, Hashable {
  /// What it says. Names come from the file that was read, so that they are guarded before they are printed.
  public enum Word: Sendable, Hashable {
    case words(String)
    case name(String)
  }

  public var text: [Word]
  /// File of the tree; nil for what no file says.
  public var path: String?
  /// From 1; columns count code points.
  public var line: Int?
  public var column: Int?

  public init(_ text: [Word], path: String? = nil, line: Int? = nil, column: Int? = nil) {
    self.text = text
    self.path = path
    self.line = line
    self.column = column
  }
}

extension FlowStep.Word: ExpressibleByStringLiteral {
  public init(stringLiteral words: String) { self = .words(words) }
}
