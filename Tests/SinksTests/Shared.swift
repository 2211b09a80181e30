import Foundation

/// The optional evaluation data beside the checkout; tests that read it skip where it is missing.
enum Shared {
  static let root: String = {
    if let named = ProcessInfo.processInfo.environment["SIGILO_SHARED"] { return named }
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return checkout.deletingLastPathComponent().appending(path: "shared").path
  }()

  static var isThere: Bool { FileManager.default.fileExists(atPath: root + "/facts/samples") }

  /// Paths below the root, sorted.
  static func files(_ folder: String) -> [String] {
    let base = root + "/" + folder
    let names = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return names.map { folder + "/" + $0 }.sorted().filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: root + "/" + $0, isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: root + "/" + path))) }
}
