import CPCRE2

/// A compiled PCRE2 pattern: immutable, shared by all workers.
///
/// Matching is over bytes: `\d`, `\w` and `\b` are ASCII (Unicode properties cost up to 65 times more), and a subject need
/// not be valid UTF-8. A pattern that asks for `.utf` sees code points and skips over invalid sequences.
public final class Pattern: @unchecked Sendable {
  public struct Options: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// ASCII letters match in either case.
    public static let caseless = Options(rawValue: 1)
    /// Code points instead of bytes.
    public static let utf = Options(rawValue: 2)
    /// The interpreter even where the JIT would work.
    public static let interpreted = Options(rawValue: 4)
    /// A callout at every item of the pattern, by which tests count what matching costs.
    package static let counted = Options(rawValue: 8)
  }

  /// Longest pattern accepted, in bytes.
  public static let maximumLength = 4_096

  let code: OpaquePointer
  /// False where the JIT is off, does not know the pattern or may not make memory executable; the interpreter runs then.
  public let isCompiledToMachineCode: Bool

  /// Compiles a pattern.
  public init(_ source: String, _ options: Options = []) throws(PatternError) {
    guard let context = pcre2_compile_context_create_8(nil) else {
      throw PatternError(message: "no memory for a compile context", offset: 0)
    }
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_max_pattern_length_8(context, Self.maximumLength)
    pcre2_set_parens_nest_limit_8(context, 64)
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))

    var flags = PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UCP | PCRE2_USE_OFFSET_LIMIT
    if options.contains(.caseless) { flags |= PCRE2_CASELESS }
    flags |= options.contains(.utf) ? PCRE2_UTF | PCRE2_MATCH_INVALID_UTF : PCRE2_NEVER_UTF
    if options.contains(.counted) { flags |= PCRE2_AUTO_CALLOUT }
    var failure: Int32 = 0
    var offset = 0
    var text = source
    let compiled = text.withUTF8 { bytes in
      pcre2_compile_8(bytes.baseAddress, bytes.count, flags, &failure, &offset, context)
    }
    guard let compiled else { throw PatternError(message: Self.message(failure), offset: offset) }
    if !options.contains(.interpreted) { _ = pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE)) }
    var machineCode = 0
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_JITSIZE), &machineCode)
    code = compiled
    isCompiledToMachineCode = machineCode > 0
  }

  deinit { pcre2_code_free_8(code) }

  private static func message(_ code: Int32) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let length = pcre2_get_error_message_8(code, buffer.baseAddress, buffer.count)
      return length > 0 ? String(decoding: buffer[..<Int(length)], as: UTF8.self) : "error \(code)"
    }
  }
}
