import Foundation
import Vocabulary

/// A file found, or why something that was found is not read.
struct FoundFile: Sendable {
  enum Kind: Sendable {
    case file, folder, special, dangling
    case unreadable(String)
    case seenBefore, excluded
    /// Standard input.
    case input

    var isInput: Bool { if case .input = self { true } else { false } }
  }

  /// As the user gave it, and below that as the walk found it.
  var path: String
  var kind: Kind
}

/// Walks folders in the order of names' bytes. Symbolic links are followed; a folder or linked file that was met before
/// is not entered again, so that loops end and Kubernetes' `..data` links count once.
struct FileWalk {
  private let excluded: Set<String>
  private var folders: Set<Identity> = []
  private var files: Set<Identity> = []

  private struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64

    init(_ status: stat) {
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
    }
  }

  init(excluding excluded: Set<String>) { self.excluded = excluded }

  /// Calls `body` for each file below `path`, and for `path` itself where it is a file.
  mutating func walk(_ path: String, _ body: (FoundFile) throws(Fault) -> Void) throws(Fault) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let isLink = lstat(path, &status) == 0
      let reason = String(cString: strerror(errno))
      return try body(FoundFile(path: path, kind: isLink ? .dangling : .unreadable(reason)))
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: try folder(path, Identity(status), body)
    case S_IFREG:
      var link = stat()
      let isLink = lstat(path, &link) == 0 && link.st_mode & S_IFMT == S_IFLNK
      let isNew = files.insert(Identity(status)).inserted
      try body(FoundFile(path: path, kind: isLink && !isNew ? .seenBefore : .file))
    default: try body(FoundFile(path: path, kind: .special))
    }
  }

  private mutating func folder(
    _ path: String, _ identity: Identity, _ body: (FoundFile) throws(Fault) -> Void
  ) throws(Fault) {
    guard folders.insert(identity).inserted else { return try body(FoundFile(path: path, kind: .seenBefore)) }
    guard let names = Self.names(path) else {
      return try body(FoundFile(path: path, kind: .unreadable(String(cString: strerror(errno)))))
    }
    try body(FoundFile(path: path, kind: .folder))
    // Links last, so that what they point to is read under its own name.
    let children = names.map { name -> (name: String, path: String, isLink: Bool) in
      let child = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
      var status = stat()
      return (name, child, lstat(child, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }
    for child in children.filter({ !$0.isLink }) + children.filter(\.isLink) {
      if excluded.contains(child.name) {
        try body(FoundFile(path: child.path, kind: .excluded))
      } else {
        try walk(child.path, body)
      }
    }
  }

  /// Names in a folder, sorted by their bytes.
  private static func names(_ path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
