import CZlib
import CZstd

/// Decompresses a stream piece by piece, with a fixed amount of memory, by zlib and libzstd.
///
/// It yields what can be read: where a stream is cut off or damaged, everything before that place comes out. It keeps its
/// state from stream to stream and so belongs to one task at a time.
public final class Decompressor {
  /// How far a call came.
  public enum Progress: Sendable, Hashable {
    /// The output is full, or more input is needed.
    case more
    /// The stream (member, frame) ended; another may follow.
    case ended
    /// What follows can't be read: damaged, or beyond the window that is held for zstd.
    case damaged
  }

  /// The largest window of zstd that is held, as a power of two: 8 MB, which every decoder is to offer (RFC 8878, 3.1.1.1.2)
  /// and all levels up to 19 keep to.
  static let largestWindow: Int32 = 23

  private let inflater: UnsafeMutablePointer<z_stream>
  private var isInflaterReady = false
  private var zstd: OpaquePointer?
  private var compression = Compression.gzip

  public init() {
    inflater = .allocate(capacity: 1)
    inflater.initialize(to: z_stream())
  }

  deinit {
    if isInflaterReady { inflateEnd(inflater) }
    inflater.deallocate()
    ZSTD_freeDCtx(zstd)
  }

  /// Gets ready for the beginning of a stream, member or frame.
  public func begin(_ compression: Compression) {
    self.compression = compression
    switch compression {
    case .gzip, .zlib:
      // 15: the largest window; 16 more: gzip in place of zlib.
      let bits: Int32 = compression == .gzip ? 31 : 15
      let code = isInflaterReady ? inflateReset2(inflater, bits) : sigilo_inflate_init(inflater, bits)
      precondition(code == Z_OK, "zlib has no memory for its state")
      isInflaterReady = true
    case .zstd:
      if zstd == nil {
        zstd = ZSTD_createDCtx()
        precondition(zstd != nil, "libzstd has no memory for its state")
        ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, Self.largestWindow)
      } else {
        ZSTD_DCtx_reset(zstd, ZSTD_reset_session_only)
      }
    }
  }

  /// Reads on.
  ///
  /// - Parameters:
  ///   - input: moved past what was read of it.
  ///   - output: where what comes out is written.
  /// - Returns: the number of bytes written, also where the stream is damaged, and how far it came.
  public func read(
    _ input: inout UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (count: Int, progress: Progress) {
    compression == .zstd ? readZstd(&input, output) : inflate(&input, output)
  }

  private func inflate(
    _ input: inout UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> (count: Int, progress: Progress) {
    // zlib counts in 32 bits.
    let given = min(input.count, 1 << 30)
    let room = min(output.count, 1 << 30)
    inflater.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    inflater.pointee.avail_in = UInt32(given)
    inflater.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    inflater.pointee.avail_out = UInt32(room)
    let code = CZlib.inflate(inflater, Z_SYNC_FLUSH)
    input = UnsafeRawBufferPointer(rebasing: input[(given - Int(inflater.pointee.avail_in))...])
    let count = room - Int(inflater.pointee.avail_out)
    switch code {
    case Z_OK, Z_BUF_ERROR: return (count, .more)
    case Z_STREAM_END: return (count, .ended)
    default: return (count, .damaged)
    }
  }

  private func readZstd(
    _ input: inout UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> (count: Int, progress: Progress) {
    var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var to = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    while true {
      let before = (from.pos, to.pos)
      let code = ZSTD_decompressStream(zstd, &to, &from)
      let isDone = ZSTD_isError(code) != 0 || code == 0 || to.pos == to.size || before == (from.pos, to.pos)
      guard isDone else { continue }
      input = UnsafeRawBufferPointer(rebasing: input[from.pos...])
      return (to.pos, ZSTD_isError(code) != 0 ? .damaged : code == 0 ? .ended : .more)
    }
  }
}

extension Decompressor {
  /// Decompresses what lies in memory, members one after another, as far as it can be read.
  ///
  /// - Parameter limit: the most bytes that come out.
  /// - Returns: what came out, and whether there was more than the limit.
  public func decompress(
    _ bytes: UnsafeRawBufferPointer, _ compression: Compression, limit: Int
  ) -> (bytes: [UInt8], wasCut: Bool) {
    var result: [UInt8] = []
    var input = bytes
    var next: Compression? = compression
    while let member = next {
      begin(member)
      var progress = Progress.more
      while progress == .more {
        guard result.count < limit else { return (result, true) }
        let room = min(max(4_096, result.count), limit - result.count)
        var count = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
          (count, progress) = read(&input, into: UnsafeMutableRawBufferPointer(buffer))
          used = count
        }
        result += chunk
        if count < room, progress == .more { return (result, false) }
      }
      next = progress == .ended && compression != .zlib ? Compression(input) : nil
    }
    return (result, false)
  }
}
