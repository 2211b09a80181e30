import Foundation
import Reporting
import Vocabulary

/// Writes a run's reports, each whole or not at all, after searching each for what must never be in it.
struct ReportFolder {
  let path: String
  let guarding: OutputGuard

  /// Makes the folder, and takes away what an earlier run left there that this one may not renew.
  ///
  /// - Throws: a usage fault where the folder cannot be made.
  func prepare(removing stale: String? = nil) throws(Fault) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      if let stale, FileManager.default.fileExists(atPath: "\(path)/\(stale)/manifest.json") {
        try FileManager.default.removeItem(atPath: "\(path)/\(stale)")
      }
    } catch {
      throw Fault(
        .usage, "the report folder cannot be made", at: Location(path: path),
        remedy: "Name a folder that you may write to with --output DIR.")
    }
  }

  /// Every report that is a file.
  func rendered(_ report: RunReport) throws(Fault) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for format in ReportFormat.all {
      guard let name = format.fileName else { continue }
      files.append((name: name, bytes: try format.render(report, options: RenderOptions())))
    }
    return files
  }

  func write(_ bytes: [UInt8], to name: String) throws(Fault) {
    try guarding.check(bytes, about: name)
    try AtomicFile.write(bytes, to: "\(path)/\(name)")
  }
}
