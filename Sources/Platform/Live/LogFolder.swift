import Foundation
import Vocabulary

/// The log files of a live platform, one a program.
struct LogFolder {
  let path: String
  private var handles: [String: FileHandle] = [:]

  /// - Throws: `usage` where the folder or a file in it cannot be made.
  init(path: String, logs: [String]) throws(Fault) {
    self.path = path
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Self.unwritable(path)
    }
    for log in logs {
      let file = self.file(of: log)
      guard FileManager.default.createFile(atPath: file, contents: nil),
        let handle = FileHandle(forWritingAtPath: file)
      else { throw Self.unwritable(file) }
      handles[log] = handle
    }
  }

  func file(of log: String) -> String { "\(path)/\(log).log" }

  /// - Throws: `incomplete` where the disk takes no more.
  func append(_ lines: [LogLine]) throws(Fault) {
    var chunks: [String: Data] = [:]
    for line in lines { chunks[line.log, default: Data()].append(contentsOf: Array((line.text + "\n").utf8)) }
    for (log, chunk) in chunks.sorted(by: { $0.key < $1.key }) {
      do {
        try handles[log]?.write(contentsOf: chunk)
      } catch {
        throw Fault(
          .incomplete, "a log of the synthetic platform cannot be written", at: Location(path: file(of: log)),
          remedy: "make room on the disk")
      }
    }
  }

  func close() { for handle in handles.values { try? handle.close() } }

  private static func unwritable(_ path: String) -> Fault {
    Fault(
      .usage, "the synthetic platform cannot write its logs", at: Location(path: path),
      remedy: "name a folder that can be written")
  }
}
