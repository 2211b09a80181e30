import Platform
import Vocabulary

/// Searches what a run is about to write for what the run planted: any marker, any five consecutive canary words.
///
/// Source of the rule: docs/ARCHITECTURE.md, invariant 1.
struct OutputGuard: Sendable {
  private let search: CanarySearch?

  /// - Parameter search: nil for jobs that plant nothing.
  init(_ search: CanarySearch?) { self.search = search }

  /// - Throws: an internal fault, since a report that holds content is a defect of Sigilo and must not be written.
  func check(_ bytes: [UInt8], about name: String) throws(Fault) {
    guard let search else { return }
    let isTainted = bytes.withUnsafeBytes { buffer in
      search.containsMarker(in: buffer) || search.containsFiveConsecutiveWords(in: buffer)
    }
    guard !isTainted else {
      throw Fault(
        .internal, "\(name) was about to hold planted conversation and was not written",
        remedy: "Please report this defect; nothing of the run was sealed.")
    }
  }
}
