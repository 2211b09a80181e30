/// What verifying a bundle showed.
public struct Verification: Sendable, Hashable {
  /// A reason to refuse the bundle. Paths are printable: bytes other than printable ASCII are replaced by `?`.
  public enum Problem: Sendable, Hashable {
    /// No manifest or no signature, or they cannot be read.
    case unsealed
    /// No trusted key signed these bytes: the manifest was changed, or signed by another key.
    case untrusted
    /// The manifest is signed and yet not one that this version of Sigilo writes.
    case malformed
    /// It was never audited.
    case draft
    case unsafePath(String)
    case repeatedPath(String)
    case changed(String)
    case missing(String)
    /// A file, folder, link or other thing that the manifest does not list.
    case extra(String)
    case unreadable(String)
  }

  /// Empty exactly where the bundle is accepted.
  public var problems: [Problem]
  /// The signed manifest; nil where there is none to trust.
  public var manifest: Manifest?
  public var signer: PublicKey?

  public var isAccepted: Bool { problems.isEmpty && manifest != nil }

  init(problems: [Problem], manifest: Manifest? = nil, signer: PublicKey? = nil) {
    self.problems = problems
    self.manifest = manifest
    self.signer = signer
  }
}

extension Verification.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unsealed: "there is no manifest with a signature"
    case .untrusted: "no trusted key signed this manifest: it was changed, or signed by someone else"
    case .malformed: "the manifest is of an unknown version or form"
    case .draft: "the bundle is a draft that was never audited"
    case .unsafePath(let path): "the manifest names a path that a bundle cannot hold: \(path)"
    case .repeatedPath(let path): "the manifest names a path twice: \(path)"
    case .changed(let path): "changed: \(path)"
    case .missing(let path): "missing: \(path)"
    case .extra(let path): "not in the manifest: \(path)"
    case .unreadable(let path): path.isEmpty ? "the folder cannot be read" : "cannot be read: \(path)"
    }
  }
}
