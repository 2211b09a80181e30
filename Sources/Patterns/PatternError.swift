/// Why a pattern does not compile, and at which byte of it.
public struct PatternError: Error, Sendable, Hashable {
  /// PCRE2's message, or what this house forbids.
  public var message: String
  /// Byte offset in the pattern.
  public var offset: Int

  public init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }
}
