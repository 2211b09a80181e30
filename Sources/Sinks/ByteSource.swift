import Foundation
import Vocabulary

/// Bytes that are made of others while they are read.
protocol ByteStream: AnyObject {
  /// Fills the buffer as far as bytes come; fewer than its size only at the end.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int
}

/// Bytes in order: some that were read already, then a file descriptor or a stream.
final class ByteSource: ByteStream {
  private var head: [UInt8]
  private var taken = 0
  private let descriptor: Int32?
  private let stream: (any ByteStream)?
  /// Bytes that may still be read from the descriptor.
  private var left: Int

  init(
    head: [UInt8] = [], descriptor: Int32? = nil, stream: (any ByteStream)? = nil, limit: Int = .max
  ) {
    self.head = head
    self.descriptor = descriptor
    self.stream = stream
    left = limit
  }

  /// What was read already and not yet taken.
  var beginning: ArraySlice<UInt8> { head[taken...] }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    var filled = 0
    if taken < head.count {
      filled = min(buffer.count, head.count - taken)
      head.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[taken..<taken + filled])) }
      taken += filled
      if taken == head.count {
        head = []
        taken = 0
      }
    }
    if let stream, filled < buffer.count {
      filled += try stream.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
    }
    guard let descriptor else { return filled }
    while filled < buffer.count, left > 0 {
      let count = Foundation.read(descriptor, buffer.baseAddress! + filled, min(buffer.count - filled, left))
      if count < 0 {
        if errno == EINTR { continue }
        throw Fault(.incomplete, "reading failed: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      filled += count
      left -= count
    }
    return filled
  }

  /// Reads on until more than `limit` bytes are there or the end.
  ///
  /// - Parameter first: bytes read before, to which the rest is added.
  /// - Returns: the bytes so far, and whether the end was reached.
  func read(upTo limit: Int, after first: consuming [UInt8] = []) throws(Fault) -> (bytes: [UInt8], isWhole: Bool) {
    if first.isEmpty, descriptor == nil, stream == nil, taken == 0, head.count <= limit {
      defer { head = [] }
      return (head, true)
    }
    var bytes = first
    if let size = fileSize { bytes.reserveCapacity(min(size, limit) + 1) }
    var problem: Fault?
    while bytes.count <= limit {
      let step = min(1 << 20, limit + 1 - bytes.count)
      let chunk = [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
        let room = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: step)
        do throws(Fault) { count = try fill(room) } catch { problem = error }
      }
      if let problem { throw problem }
      bytes += chunk
      if chunk.count < step { return (bytes, true) }
    }
    return (bytes, false)
  }

  private var fileSize: Int? {
    var status = stat()
    guard let descriptor, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// The same source with bytes put back in front.
  func prefixed(by bytes: [UInt8]) -> ByteSource {
    ByteSource(head: bytes + head[taken...], descriptor: descriptor, stream: stream, limit: left)
  }
}
