import Foundation

/// Everything below a folder, links not followed, in order of the paths' bytes.
struct FolderWalk {
  enum Kind: Sendable { case file, folder, link, other }

  struct Entry: Sendable {
    /// Relative to the folder, parts joined by `/`.
    var path: String
    var kind: Kind
  }

  enum Failure: Error, Sendable, Hashable {
    case unreadable(path: String)
    case notUTF8(folder: String)
    case tooMany
    case tooDeep(path: String)
  }

  static let maximumEntries = 20_000
  static let maximumDepth = 64

  private var entries: [Entry] = []

  static func entries(below root: String, skipping isSkipped: (Entry) -> Bool = { _ in false }) throws(Failure)
    -> [Entry]
  {
    var walk = FolderWalk()
    try walk.read(root, prefix: "", depth: 0, isSkipped)
    return walk.entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func read(
    _ root: String, prefix: String, depth: Int, _ isSkipped: (Entry) -> Bool
  ) throws(Failure) {
    guard depth <= Self.maximumDepth else { throw .tooDeep(path: prefix) }
    let names = try Self.names(in: prefix.isEmpty ? root : "\(root)/\(prefix)", named: prefix)
    for name in names {
      let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
      var status = stat()
      guard lstat("\(root)/\(path)", &status) == 0 else { throw .unreadable(path: path) }
      let kind: Kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
      let entry = Entry(path: path, kind: kind)
      guard !isSkipped(entry) else { continue }
      guard entries.count < Self.maximumEntries else { throw .tooMany }
      entries.append(entry)
      if kind == .folder { try read(root, prefix: path, depth: depth + 1, isSkipped) }
    }
  }

  private static func names(in folder: String, named path: String) throws(Failure) -> [String] {
    guard let stream = opendir(folder) else { throw .unreadable(path: path) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw .unreadable(path: path) }
        return names
      }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
        String(validating: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name else { throw .notUTF8(folder: path) }
      guard name != ".", name != ".." else { continue }
      guard names.count < maximumEntries else { throw .tooMany }
      names.append(name)
    }
  }
}
