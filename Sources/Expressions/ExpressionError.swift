/// Why an expression is not one of RE2's.
public struct ExpressionError: Error, Sendable, Hashable {
  /// What is wrong; it names syntax only, never the expression's own text.
  public var problem: String
  /// Byte offset in the expression.
  public var offset: Int
  /// What to write in its place.
  public var remedy: String?

  public init(_ problem: String, at offset: Int, remedy: String? = nil) {
    self.problem = problem
    self.offset = offset
    self.remedy = remedy
  }
}
