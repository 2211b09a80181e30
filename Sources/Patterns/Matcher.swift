import CPCRE2

/// What a match attempt came to.
public enum MatchOutcome: Sendable, Hashable {
  case none
  case found(Range<Int>)
  /// A limit stopped the attempt (or PCRE2 failed): nothing is known about the subject. Never to be taken for `none`.
  case undecided(code: Int32)
}

/// Runs patterns over bytes. Each worker has its own: match data, context and JIT stack are reused from call to call.
public final class Matcher {
  private let data: OpaquePointer
  let context: OpaquePointer
  private let stack: OpaquePointer?
  private let stride: Int

  public init(limits: MatchLimits = MatchLimits()) {
    // PCRE2 returns null only when malloc does, and then nothing else would work either.
    data = pcre2_match_data_create_8(1, nil)!
    context = pcre2_match_context_create_8(nil)!
    stack = pcre2_jit_stack_create_8(32 * 1_024, max(32, limits.stackKiB) * 1_024, nil)
    stride = max(1, limits.stride)
    pcre2_set_match_limit_8(context, limits.steps)
    pcre2_set_depth_limit_8(context, limits.depth)
    pcre2_set_heap_limit_8(context, limits.heapKiB)
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    if let stack { pcre2_jit_stack_free_8(stack) }
  }

  /// The first match that begins at or after `start`, before `end` and is not empty.
  ///
  /// - Parameters:
  ///   - subject: Look-behinds and `\b` see all of it before `start`, and look-aheads what stands behind `end`.
  ///   - window: A match reaches at most this many bytes past the positions tried in one call; longer ones are cut.
  public func firstMatch(
    _ pattern: Pattern, in subject: UnsafeRawBufferPointer, from start: Int = 0, before end: Int? = nil, window: Int
  ) -> MatchOutcome {
    let end = min(end ?? subject.count, subject.count)
    guard let base = subject.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return .none }
    var from = start
    while from < end {
      let next = min(from + stride, end)
      let limit = min(next - 1 + window, subject.count)
      pcre2_set_offset_limit_8(context, next - 1)
      let flags = PCRE2_NOTEMPTY | (limit < subject.count ? PCRE2_NOTEOL : 0)
      let code = pcre2_match_8(pattern.code, base, limit, from, flags, data, context)
      if code >= 0 {
        let bounds = pcre2_get_ovector_pointer_8(data)!
        return .found(bounds[0]..<max(bounds[0], bounds[1]))
      }
      guard code == PCRE2_ERROR_NOMATCH else { return .undecided(code: code) }
      from = next
    }
    return .none
  }
}
