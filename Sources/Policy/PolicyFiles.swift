import Crypto
import Foundation
import Vocabulary

/// The files of a policy: `policy.yaml`, `patterns/*.yaml`, `names/*.yaml`, `contracts/*.yaml` and the exceptions file.
struct PolicyFiles {
  /// Bytes by path relative to the policy's folder.
  var files: [String: [UInt8]]
  /// The folder as the user gave it; nil for the embedded policy.
  var directory: String?

  static let maximumBytes = 1 << 20
  static let maximumFiles = 200

  static let embedded = PolicyFiles(
    files: EmbeddedPolicy.files.mapValues { Array($0.utf8) }, directory: nil)

  private init(files: [String: [UInt8]], directory: String?) {
    self.files = files
    self.directory = directory
  }

  /// Reads a folder. Hidden files are left out; what a file is for is decided by whoever reads it.
  init(directory: String) throws(Fault) {
    self.init(files: [:], directory: directory)
    let manager = FileManager.default
    var isDirectory: ObjCBool = false
    guard manager.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw Fault(
        .usage, "the policy folder does not exist", at: Location(path: directory),
        remedy: "`sigilo policy export DIR` writes one to start from.")
    }
    guard let paths = manager.enumerator(atPath: directory) else {
      throw Fault(.usage, "the policy folder cannot be read", at: Location(path: directory))
    }
    for case let path as String in paths {
      guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { continue }
      let full = directory + "/" + path
      guard manager.fileExists(atPath: full, isDirectory: &isDirectory), !isDirectory.boolValue else { continue }
      guard files.count < Self.maximumFiles else {
        throw Fault(.usage, "a policy holds at most \(Self.maximumFiles) files", at: Location(path: directory))
      }
      guard let size = (try? manager.attributesOfItem(atPath: full))?[.size] as? Int, size <= Self.maximumBytes,
        let data = manager.contents(atPath: full)
      else {
        throw Fault(
          .usage, "the file cannot be read, or is larger than \(Self.maximumBytes >> 20) MB", at: Location(path: full))
      }
      files[path] = Array(data)
    }
  }

  /// SHA-256 over every path and its bytes, each with its length before it, in the order of the paths.
  var digest: String {
    var hash = SHA256()
    func add(_ bytes: some Collection<UInt8>) {
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
      hash.update(data: Array(bytes))
    }
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      add(path.utf8)
      add(bytes)
    }
    return hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// How a file is called in errors.
  func displayPath(_ path: String) -> String { directory.map { $0 + "/" + path } ?? "embedded policy: " + path }

  func write(to target: String) throws(Fault) {
    let manager = FileManager.default
    if let entries = try? manager.contentsOfDirectory(atPath: target), !entries.isEmpty {
      throw Fault(.usage, "the folder is not empty", at: Location(path: target), remedy: "Name a new folder.")
    }
    do {
      for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
        let url = URL(fileURLWithPath: target).appendingPathComponent(path)
        try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url, options: .atomic)
      }
    } catch {
      throw Fault(.usage, "the policy cannot be written there", at: Location(path: target))
    }
  }
}
