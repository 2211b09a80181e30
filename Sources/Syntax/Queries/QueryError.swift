/// Why a text is no expression or template of its language.
///
/// The message says what is wrong in words of the grammar and quotes nothing but names and symbols of the language, so that it
/// may be printed whatever the text holds.
public struct QueryError: Error, Sendable, Hashable {
  public var message: String
  /// UTF-8 offset into the text.
  public var offset: Int
  /// Of that offset, from 1; columns count code points.
  public var line: Int
  public var column: Int

  /// - Parameter bytes: the text.
  public init(_ message: String, at offset: Int, in bytes: [UInt8]) {
    self.message = message
    self.offset = offset
    var counter = PositionCounter()
    bytes.withUnsafeBytes { counter.move(to: offset, in: $0) }
    line = counter.line
    column = counter.column
  }
}
