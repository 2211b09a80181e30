public import Fleet
public import Vocabulary

/// Where an audit's configuration comes from.
public enum BundleSource: Sendable {
  case generated(Fleet)
  /// A folder of the user's own files (`--configs DIR`).
  case tree(String)

  /// - Throws: what `BundleTree.read` throws.
  public func files() throws(Fault) -> BundleFiles {
    switch self {
    case .generated(let fleet): BundleGenerator.generate(fleet)
    case .tree(let folder): try BundleTree.read(folder)
    }
  }
}
