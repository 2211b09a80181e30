/// One file of a configuration tree. The bytes are never changed between reading and sealing.
public struct ConfigFile: Sendable, Hashable {
  /// Relative to the tree's root, with `/` between parts; never absolute, never with `..`.
  public var path: String
  public var role: FileRole
  public var bytes: [UInt8]

  public init(path: String, role: FileRole, bytes: [UInt8]) {
    self.path = path
    self.role = role
    self.bytes = bytes
  }
}

/// A configuration tree, generated from a fleet or read from the user's directory; files in order of their paths' bytes.
public struct ConfigFiles: Sendable, Hashable {
  public private(set) var files: [ConfigFile]

  /// - Precondition: no two files have the same path.
  public init(_ files: [ConfigFile]) {
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    precondition(zip(self.files, self.files.dropFirst()).allSatisfy { $0.path != $1.path }, "two files with one path")
  }

  public subscript(path: String) -> ConfigFile? { files.first { $0.path == path } }

  public func files(with role: FileRole) -> [ConfigFile] { files.filter { $0.role == role } }
}
