/// What one match attempt may cost.
///
/// The match limit bounds backtracking, but not simple class loops, which cost the square of the subject's length; those
/// are bounded by the window alone. Depth and heap count only in the interpreter; the JIT has its stack.
public struct MatchLimits: Sendable, Hashable {
  /// Backtracking steps from one starting position.
  public var steps: UInt32
  /// Depth of nested backtracking in the interpreter.
  public var depth: UInt32
  /// Heap of the interpreter, in KiB.
  public var heapKiB: UInt32
  /// Largest stack of the JIT, in KiB.
  public var stackKiB: Int
  /// Starting positions tried in one call, in bytes; a longer subject is matched in several calls.
  public var stride: Int

  public init(
    steps: UInt32 = 50_000, depth: UInt32 = 2_000, heapKiB: UInt32 = 4_096, stackKiB: Int = 512, stride: Int = 4_096
  ) {
    self.steps = steps
    self.depth = depth
    self.heapKiB = heapKiB
    self.stackKiB = stackKiB
    self.stride = stride
  }
}
