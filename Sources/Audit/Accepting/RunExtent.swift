/// What a run looked for and where, so that it can be told whether what it did not find is not there.
public struct RunExtent: Sendable {
  /// Rules that there are, whoever looks for them.
  public var known: Set<String>
  /// Rules that this run held against each file that it read whole.
  public var rules: Set<String>
  /// Files by the names of their sinks; true where one was read whole, with the files beside it, and checked.
  public var files: [String: Bool]
  /// Folders, as the user named them, of which everything was read.
  public var folders: Set<String>
  /// Names of the sinks of an audit that looked at everything there is to look at; nil for any other run.
  public var all: Set<String>?

  public init(
    known: Set<String>, rules: Set<String>, files: [String: Bool] = [:], folders: Set<String> = [],
    all: Set<String>? = nil
  ) {
    self.known = known
    self.rules = rules
    self.files = files
    self.folders = folders
    self.all = all
  }

  /// The same for a run of whose findings some found no room: that it lacks one says nothing.
  public func counted(_ uncounted: Int) -> RunExtent {
    var result = self
    if uncounted > 0 { (result.rules, result.all) = ([], nil) }
    return result
  }

  /// Whether a finding of that rule in that file would have been found. That of a file which is gone from a folder would.
  public func wouldFind(_ rule: String, in file: String) -> Bool {
    guard rules.contains(rule) else { return false }
    return files[file] ?? folders.contains { file.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
  }
}
