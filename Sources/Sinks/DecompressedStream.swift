import Compression
import Foundation
import Vocabulary

/// The content of a compressed stream. A thread of its own decompresses ahead of the reader, by a few buffers and no more,
/// so that memory does not grow with the content and both work at once.
final class DecompressedStream: ByteStream {
  private let work: DecompressionWork
  private var chunk: DecompressionWork.Chunk?
  private var taken = 0

  init(_ source: ByteSource, _ compression: Compression) {
    let work = DecompressionWork(source, compression)
    self.work = work
    Thread { work.run() }.start()
  }

  /// Why the content ended before the stream did; to be asked once the content was read.
  var problem: String? { work.problem }

  /// Ends the thread; nothing is read after it. Its source may be closed then.
  func close() { work.cancel() }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    var filled = 0
    while filled < buffer.count {
      if chunk == nil {
        chunk = work.next()
        taken = 0
      }
      guard let current = chunk else { return filled }
      let count = min(buffer.count - filled, current.count - taken)
      UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + count])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: current.buffer[taken..<taken + count]))
      filled += count
      taken += count
      if taken == current.count {
        work.giveBack(current)
        chunk = nil
      }
    }
    return filled
  }
}

/// What the thread and its reader share. All but the source and the decompressor, which are the thread's alone, is touched
/// under the lock.
private final class DecompressionWork: @unchecked Sendable {
  struct Chunk {
    var buffer: UnsafeMutableRawBufferPointer
    var count = 0
  }

  private static let chunks = 4
  private static let chunkSize = 256 << 10

  private let source: ByteSource
  private let compression: Compression
  private let lock = NSCondition()
  private var free: [Chunk]
  private var full: [Chunk] = []
  private var isEnded = false
  private var isCancelled = false
  private var found: String?

  init(_ source: ByteSource, _ compression: Compression) {
    self.source = source
    self.compression = compression
    free = (0..<Self.chunks).map { _ in Chunk(buffer: .allocate(byteCount: Self.chunkSize, alignment: 16)) }
  }

  deinit { for chunk in free + full { chunk.buffer.deallocate() } }

  // MARK: The reader's side

  var problem: String? { lock.withLock { found } }

  /// The next chunk; nil at the end.
  func next() -> Chunk? {
    lock.withLock {
      while full.isEmpty, !isEnded { lock.wait() }
      return full.isEmpty ? nil : full.removeFirst()
    }
  }

  func giveBack(_ chunk: Chunk) {
    lock.withLock {
      free.append(Chunk(buffer: chunk.buffer))
      lock.broadcast()
    }
  }

  /// Tells the thread to end and waits until it has.
  func cancel() {
    lock.withLock {
      isCancelled = true
      lock.broadcast()
      while !isEnded { lock.wait() }
    }
  }

  // MARK: The thread's side

  func run() {
    let problem = decompress()
    lock.withLock {
      found = problem
      isEnded = true
      lock.broadcast()
    }
  }

  private func vacant() -> Chunk? {
    lock.withLock {
      while free.isEmpty, !isCancelled { lock.wait() }
      return isCancelled ? nil : free.removeLast()
    }
  }

  private func hand(over chunk: Chunk) {
    lock.withLock {
      if chunk.count > 0 { full.append(chunk) } else { free.append(chunk) }
      lock.broadcast()
    }
  }

  /// Decompresses member after member; returns what went wrong.
  private func decompress() -> String? {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize, alignment: 16)
    defer { room.deallocate() }
    let decompressor = Decompressor()
    decompressor.begin(compression)
    var input = UnsafeRawBufferPointer(rebasing: room[..<0])
    var (isInside, isLast) = (true, false)
    var (read, written) = (0, 0)
    while var chunk = vacant() {
      defer { hand(over: chunk) }
      while chunk.count < chunk.buffer.count {
        // The next member is told by its first bytes, which may come in two readings.
        if input.count < (isInside ? 1 : Compression.telling), !isLast {
          do throws(Fault) {
            let kept = input.count
            room.copyMemory(from: input)
            let count = try source.fill(UnsafeMutableRawBufferPointer(rebasing: room[kept...]))
            (isLast, read) = (kept + count < room.count, read + count)
            input = UnsafeRawBufferPointer(rebasing: room[..<(kept + count)])
          } catch {
            return error.problem
          }
        }
        if !isInside {
          guard !input.isEmpty else { return nil }
          // Tapes and the like are filled up with zeros.
          if input.allSatisfy({ $0 == 0 }) {
            input = UnsafeRawBufferPointer(rebasing: input[input.count...])
            continue
          }
          guard let next = Compression(input), next == compression else {
            return "what follows the \(compression.rawValue) data was not read"
          }
          decompressor.begin(next)
          isInside = true
        }
        let output = UnsafeMutableRawBufferPointer(rebasing: chunk.buffer[chunk.count...])
        let (count, progress) = decompressor.read(&input, into: output)
        chunk.count += count
        written += count
        switch progress {
        case .ended: isInside = false
        case .damaged: return "the \(compression.rawValue) data is damaged: only what stands before was read"
        case .more where count == 0 && input.isEmpty && isLast:
          return "the \(compression.rawValue) data is cut off: only what stands before was read"
        case .more: break
        }
        if written > ReadLimits.freeExpansion + ReadLimits.maximumExpansion * read {
          return
            "the \(compression.rawValue) data expands more than \(ReadLimits.maximumExpansion) times: reading stopped"
        }
      }
    }
    return nil
  }
}
