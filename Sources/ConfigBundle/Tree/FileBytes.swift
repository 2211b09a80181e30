import Foundation
import Vocabulary

/// Whole files, read and written without following a symbolic link in the last part of the path.
enum FileBytes {
  enum Failure: Error, Sendable, Hashable {
    /// A link, folder, socket, device or pipe.
    case notRegular
    case tooLarge
    case unreadable
  }

  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    // Non-blocking, so that a pipe put in a file's place cannot make the open hang.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ELOOP ? .notRegular : .unreadable }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    guard status.st_size <= limit else { throw .tooLarge }

    var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
    var count = 0
    while true {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(4096, bytes.count))) }
      let got = bytes.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress! + count, $0.count - count) }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .unreadable }
      if got == 0 { break }
      count += got
      guard count <= limit else { throw .tooLarge }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Makes a new file and flushes it to the disk.
  ///
  /// - Throws: `Fault(.usage)` where something of that name exists, or it cannot be written.
  static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(Fault) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw cannotWrite(path) }
    let isWritten = bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return false }
        rest = rest.dropFirst(written)
      }
      return fsync(descriptor) == 0
    }
    let reason = errno
    guard close(descriptor) == 0, isWritten else {
      unlink(path)
      errno = reason
      throw cannotWrite(path)
    }
  }

  static func cannotWrite(_ path: String) -> Fault {
    Fault(
      .usage, "cannot write here: \(String(cString: strerror(errno)))", at: Location(path: path),
      remedy: "name a folder that exists, can be written to and has room")
  }
}
