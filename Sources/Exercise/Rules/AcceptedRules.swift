public import Engines
public import Vocabulary

extension ConfigTree {
  /// The tree with only those rule files that promtool takes, and a failed check for each other one.
  ///
  /// A tree may hold rules of Loki's ruler, or broken ones, whose refusal the bundle's own checks report; the rest can be
  /// exercised all the same.
  ///
  /// - Throws: `Fault(.incomplete)` where promtool does not run.
  public func accepted(by promtool: Promtool) async throws(Fault) -> (tree: ConfigTree, checks: [Check]) {
    let folder = try WorkFolder.create()
    defer { folder.remove() }
    let paths = try rules.enumerated().map { index, file throws(Fault) in
      try folder.write(file.bytes, to: "\(index).yaml")
    }
    var tree = self
    if paths.isEmpty { return (tree, []) }
    if try await promtool.checkRules(paths).isSuccess { return (tree, []) }
    tree.rules = []
    var checks: [Check] = []
    let subject = try await promtool.engine.subject()
    for (path, file) in zip(paths, rules) {
      if try await promtool.checkRules([path]).isSuccess {
        tree.rules.append(file)
      } else {
        checks.append(
          Check(
            stage: "alerts", name: "\(file.path) can be exercised", outcome: .failed,
            detail: "promtool refuses it as rules of Prometheus", subject: subject))
      }
    }
    return (tree, checks)
  }
}
