public import Flow
import Foundation
public import Vocabulary

/// A configuration tree that exists already, read as it is.
public enum BundleTree {
  static let maximumFile = 16 << 20
  static let maximumTotal = 256 << 20

  /// Reads every regular file below a folder; their bytes are never changed and their roles are told by content.
  ///
  /// A link to a file inside the folder is read as that file. The history that `git` keeps (`.git`) is no configuration and is
  /// left out.
  /// - Throws: `Fault(.usage)` where the folder is missing or empty, a link leads out of it or to a folder, or something is
  ///   neither file, folder nor link; `Fault(.incomplete)` where a file cannot be read, or the tree is over 20,000 entries,
  ///   16 MB a file or 256 MB in all.
  public static func read(_ folder: String) throws(Fault) -> ConfigFiles {
    guard let root = realPath(folder), isFolder(root) else {
      throw Fault(
        .usage, "no folder of configuration files", at: Location(path: folder), remedy: "name a folder that exists")
    }
    let entries = try walk(root, named: folder)
    var files: [ConfigFile] = []
    var total = 0
    for entry in entries {
      let shown = "\(folder)/\(SealedPath.printable(entry.path))"
      switch entry.kind {
      case .folder: continue
      case .other:
        throw Fault(.usage, "neither file nor folder", at: Location(path: shown), remedy: "remove it from the tree")
      case .file, .link:
        let path = entry.kind == .link ? try target(of: entry.path, in: root, shown: shown) : "\(root)/\(entry.path)"
        let bytes = try read(path, shown: shown)
        total += bytes.count
        guard total <= maximumTotal else {
          throw Fault(
            .incomplete, "the tree is larger than \(maximumTotal >> 20) MB", at: Location(path: folder),
            remedy: "name the folder that holds configuration only")
        }
        files.append(
          ConfigFile(path: entry.path, role: FileRole.recognise(path: entry.path, bytes: bytes), bytes: bytes))
      }
    }
    guard !files.isEmpty else {
      throw Fault(.usage, "the folder holds no file", at: Location(path: folder), remedy: "name the folder to check")
    }
    return ConfigFiles(files)
  }

  private static func walk(_ root: String, named folder: String) throws(Fault) -> [FolderWalk.Entry] {
    do {
      return try FolderWalk.entries(below: root) { $0.kind == .folder && $0.path.split(separator: "/").last == ".git" }
    } catch {
      switch error {
      case .unreadable(let path), .tooDeep(let path):
        throw Fault(
          .incomplete, "this part of the tree cannot be read",
          at: Location(path: "\(folder)/\(SealedPath.printable(path))"))
      case .notUTF8(let path):
        throw Fault(
          .usage, "a file name in this folder is not UTF-8",
          at: Location(path: "\(folder)/\(SealedPath.printable(path))"), remedy: "rename it")
      case .tooMany:
        throw Fault(
          .incomplete, "the tree has more than \(FolderWalk.maximumEntries) entries", at: Location(path: folder),
          remedy: "name the folder that holds configuration only")
      }
    }
  }

  private static func target(of link: String, in root: String, shown: String) throws(Fault) -> String {
    guard let path = realPath("\(root)/\(link)"), path.hasPrefix(root == "/" ? "/" : "\(root)/"), !isFolder(path) else {
      throw Fault(
        .usage, "this link leads out of the tree, to a folder, or nowhere", at: Location(path: shown),
        remedy: "put the file itself there")
    }
    return path
  }

  private static func read(_ path: String, shown: String) throws(Fault) -> [UInt8] {
    do {
      return try FileBytes.read(path, limit: maximumFile)
    } catch {
      throw Fault(
        .incomplete,
        error == .tooLarge ? "the file is larger than \(maximumFile >> 20) MB" : "the file cannot be read",
        at: Location(path: shown))
    }
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
