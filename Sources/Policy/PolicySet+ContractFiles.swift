public import Vocabulary

extension PolicySet {
  /// The file of a source's contract as it stands; nil where the policy has none.
  ///
  /// - Parameter directory: a policy folder; nil is the embedded policy.
  /// - Returns: its text, and how errors call it.
  public static func contractFile(
    of source: String, in directory: String?
  ) throws(Fault) -> (text: String, path: String)? {
    let files = try directory.map { path throws(Fault) in try PolicyFiles(directory: path) } ?? .embedded
    let path = "contracts/\(source).yaml"
    return files.files[path].map { (String(decoding: $0, as: UTF8.self), files.displayPath(path)) }
  }
}
