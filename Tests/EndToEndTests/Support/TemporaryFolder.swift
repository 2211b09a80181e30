import Foundation

/// A folder of a test's own; removed when nobody holds it any more.
final class TemporaryFolder: Sendable {
  let root: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("sigilo-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    root = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func path(_ relative: String) -> String { root + "/" + relative }

  /// Writes a file, and the folders above it.
  @discardableResult
  func write(_ text: String, to relative: String, executable: Bool = false) throws -> String {
    try write(Data(text.utf8), to: relative, executable: executable)
  }

  @discardableResult
  func write(_ bytes: Data, to relative: String, executable: Bool = false) throws -> String {
    let file = path(relative)
    try makeFolder((relative as NSString).deletingLastPathComponent)
    try bytes.write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: executable ? 0o755 : 0o644], ofItemAtPath: file)
    return file
  }

  func makeFolder(_ relative: String) throws {
    try FileManager.default.createDirectory(atPath: path(relative), withIntermediateDirectories: true)
  }

  func read(_ relative: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(relative))), as: UTF8.self)
  }

  func exists(_ relative: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path(relative))) != nil
  }

  func remove(_ relative: String) throws { try FileManager.default.removeItem(atPath: path(relative)) }

  /// Inode, mode and time of a file: equal where nobody touched it.
  func identity(_ relative: String) throws -> [String] {
    let attributes = try FileManager.default.attributesOfItem(atPath: path(relative))
    let keys: [FileAttributeKey] = [.systemFileNumber, .posixPermissions, .modificationDate]
    return keys.map { String(describing: attributes[$0]) }
  }

  /// Relative paths of all files and folders below, sorted.
  func tree(_ relative: String = "") throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path(relative)).sorted()
  }
}
