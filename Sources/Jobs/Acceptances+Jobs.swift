import Audit
import Flow
import Policy
import Reporting
import Syntax
import Vocabulary

extension JobContext {
  /// By what the findings of a run are accepted.
  ///
  /// - Parameters:
  ///   - files: configuration files that were read, by the names of their sinks; true where one was read whole, with the files beside
  ///     it.
  ///   - folders: folders, as the user named them, of which everything was read.
  ///   - all: names of the sinks of a run that looked at everything.
  func acceptances(
    comments: [String: [AcceptComment]], baseline: Baseline? = nil, files: [String: Bool], folders: Set<String> = [],
    all: Set<String>? = nil
  ) -> Acceptances {
    // To name all rules, all contracts are read: not where nothing asks for them.
    let isAsked = !comments.isEmpty || !policy.exceptions.entries.isEmpty || baseline != nil
    return Acceptances(
      comments: comments, exceptions: policy.exceptions.guarded(by: detectors), baseline: baseline, today: date.today,
      extent: RunExtent(
        known: isAsked ? knownRules : [], rules: isAsked ? rulesOfFiles : [], files: files, folders: folders,
        all: without.isEmpty ? all : nil))
  }
}

extension ConfigFiles {
  /// Comments that accept findings, by the names of the sinks of their files.
  func acceptComments(names: NameGuard) -> [String: [AcceptComment]] {
    var comments: [String: [AcceptComment]] = [:]
    for file in files {
      let format = file.bytes.withUnsafeBytes { Format.recognise(path: file.path, bytes: $0) }
      let found = AcceptComment.all(in: file.bytes, format: format)
      if !found.isEmpty { comments[names.printable(path: file.path, isContent: false)] = found }
    }
    return comments
  }
}

extension Acceptance {
  /// What decides how a finding came out, for the name of the run.
  var digested: String { "\(kind.rawValue) \(until ?? "") \(place?.description ?? "")" }
}
