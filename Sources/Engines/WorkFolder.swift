import Foundation
public import Vocabulary

/// A private folder (mode 0700) for what a stage needs on disk, gone when the stage is.
public struct WorkFolder: Sendable {
  public let path: String

  /// Makes a folder under `parent`, by default the system's temporary folder.
  ///
  /// - Throws: `Fault(.incomplete)` where it can't be made.
  public static func create(in parent: String? = nil) throws(Fault) -> WorkFolder {
    let parent = parent ?? NSTemporaryDirectory()
    let path = (parent as NSString).appendingPathComponent("sigilo-\(UUID().uuidString.lowercased())")
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Fault(
        .incomplete, "no work folder can be made here", at: Location(path: parent),
        remedy: "free space, or set TMPDIR to a folder that can be written")
    }
    return WorkFolder(path: path)
  }

  /// Writes a file into it, making folders on the way.
  ///
  /// - Parameter name: Relative path without `..`.
  /// - Returns: The file's absolute path.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws(Fault) -> String {
    precondition(!name.hasPrefix("/") && !name.split(separator: "/").contains(".."), "name must stay in the folder")
    let file = self.file(name)
    do {
      try FileManager.default.createDirectory(
        atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: file))
    } catch {
      throw Fault(
        .incomplete, "this file of the work folder can't be written", at: Location(path: file), remedy: "free space")
    }
    return file
  }

  public func file(_ name: String) -> String { (path as NSString).appendingPathComponent(name) }

  /// Removes it with all it holds; nothing to do is no error.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }
}
