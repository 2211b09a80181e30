import Audit
import Foundation
import Reporting
import Vocabulary

/// A baseline file, before a run and after it.
struct KnownFindings {
  private let path: String
  let baseline: Baseline
  /// As it was read; empty where there was none.
  let bytes: [UInt8]

  /// - Parameters:
  ///   - key: id of the key of this run's fingerprints.
  ///   - mayBeMissing: a file that does not exist holds nothing, for it is about to be made.
  init(_ path: String, key: String, mayBeMissing: Bool) throws(Fault) {
    self.path = path
    if mayBeMissing, !FileManager.default.fileExists(atPath: path) {
      baseline = Baseline(key: key)
      bytes = []
      return
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Fault(
        .usage, "the baseline cannot be read", at: Location(path: path),
        remedy: "Check the path; --update-baseline makes one that does not exist yet.")
    }
    bytes = Array(data)
    baseline = try BaselineFile.read(bytes, path: path, key: key)
  }

  /// A baseline as a run leaves it.
  struct Changed {
    fileprivate var path: String
    fileprivate var baseline: Baseline
    var use: BaselineUse

    func write() throws(Fault) { try AtomicFile.write(try BaselineFile.bytes(of: baseline), to: path) }
  }

  func after(_ findings: [Finding], _ extent: RunExtent, adding: Bool, pruning: Bool) -> Changed {
    let pruned = baseline.pruned(by: findings, of: extent)
    let kept = pruning ? pruned : baseline
    let result = adding ? kept.adding(findings) : kept
    let gone = baseline.entries.count - pruned.entries.count
    return Changed(
      path: path, baseline: result,
      use: BaselineUse(
        known: baseline.entries.count, seen: findings.count { $0.accepted?.kind == .baseline }, gone: gone,
        added: adding ? result.entries.count - kept.entries.count : nil, removed: pruning ? gone : nil))
  }
}
