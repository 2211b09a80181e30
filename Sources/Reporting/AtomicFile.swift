import Foundation
public import Vocabulary

/// Files that are either there whole or not there.
public enum AtomicFile {
  /// Writes `bytes` to a temporary name in the same folder, flushes it to the disk and renames it to `path`.
  ///
  /// The folder must exist. On failure the file that was at `path` is as it was, and nothing is left beside it.
  /// - Parameter mode: permissions of the file, less the umask.
  /// - Throws: a usage fault that names the path and the system's reason.
  public static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644) throws(Fault) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let temporary = "\(folder).\(path.dropFirst(folder.count)).\(getpid()).\(UInt32.random(in: .min ... .max))"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure(path) }
    do {
      defer { close(descriptor) }
      guard writeAll(bytes, to: descriptor), fsync(descriptor) == 0 else {
        let fault = failure(path)
        unlink(temporary)
        throw fault
      }
    }
    guard rename(temporary, path) == 0 else {
      let fault = failure(path)
      unlink(temporary)
      throw fault
    }
    flushFolder(folder.isEmpty ? "." : folder)
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return false }
        rest = rest.dropFirst(written)
      }
      return true
    }
  }

  /// Makes the rename itself durable. The file is whole either way, so a file system that can't do it is no failure.
  private static func flushFolder(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ path: String) -> Fault {
    Fault(
      .usage, "cannot write the file: \(String(cString: strerror(errno)))", at: Location(path: path),
      remedy: "Name a folder that exists, can be written to and has room.")
  }
}
