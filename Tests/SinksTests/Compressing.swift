import CZlib
import CZstd
import Foundation

/// Writes a text compressed as the file's ending says, as gzip and zstd do.
func compress(_ text: String, to path: String) throws {
  let bytes = Array(text.utf8)
  let compressed = path.hasSuffix(".gz") ? gzip(bytes) : zstd(bytes)
  try Data(compressed).write(to: URL(fileURLWithPath: path))
}

private func zstd(_ bytes: [UInt8]) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { buffer, count in
    count = ZSTD_compress(buffer.baseAddress, buffer.count, bytes, bytes.count, 3)
  }
}

private func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  // 15: the largest window; 16 more: gzip.
  deflateInit2_(
    &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var input = bytes
  return input.withUnsafeMutableBufferPointer { source in
    [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(source.count)))) { buffer, count in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(buffer.count)
      deflate(&stream, Z_FINISH)
      count = buffer.count - Int(stream.avail_out)
    }
  }
}
