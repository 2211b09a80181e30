/// How a program ended and what it printed.
public struct CommandResult: Sendable, Hashable {
  /// Exit code; 128 + n where signal n ended it, as shells report it.
  public var exit: Int32
  public var stdout: [UInt8]
  public var stderr: [UInt8]
  /// Bytes of both streams over the limit; they were read and not kept.
  public var dropped: Int

  public init(exit: Int32, stdout: [UInt8] = [], stderr: [UInt8] = [], dropped: Int = 0) {
    self.exit = exit
    self.stdout = stdout
    self.stderr = stderr
    self.dropped = dropped
  }

  public var isSuccess: Bool { exit == 0 }
  public var stdoutText: String { String(decoding: stdout, as: UTF8.self) }
  public var stderrText: String { String(decoding: stderr, as: UTF8.self) }
}

/// The first bytes of a stream, and how many followed.
struct Capture: Sendable {
  var bytes: [UInt8] = []
  var dropped = 0
  let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func append(_ more: UnsafeRawBufferPointer) {
    let kept = min(more.count, limit - bytes.count)
    bytes.append(contentsOf: more.prefix(kept))
    dropped += more.count - kept
  }
}
