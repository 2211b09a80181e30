public import Flow
import Foundation
public import Vocabulary

/// Writes a bundle: the files unchanged, a manifest of them, a signature of the manifest.
public enum Seal {
  /// Writes the bundle to a temporary folder beside `folder` and renames it, so that it is there whole or not at all. A bundle
  /// that was there before is replaced; anything else is left alone.
  ///
  /// The signature is in `manifest.json.sig`: the 64 bytes of Ed25519 over the bytes of `manifest.json`, as base64 and a line
  /// feed.
  /// - Returns: what was signed.
  /// - Throws: `Fault(.usage)` where something else stands at `folder`, a path of the files cannot be sealed, or it cannot be
  ///   written.
  @discardableResult
  public static func write(
    _ files: ConfigFiles, of run: SealedRun, to folder: String, key: SigningKey
  ) throws(Fault) -> Manifest {
    for file in files.files where !SealedPath.isSafe(file.path) {
      throw Fault(
        .usage, "a file of this name cannot be sealed", at: Location(path: SealedPath.printable(file.path)),
        remedy: "rename it; \(SealedPath.manifest) and \(SealedPath.signature) are the bundle's own names")
    }
    let manifest = Manifest(
      version: Manifest.currentVersion, state: run.state, run: run.run, policy: run.policy,
      created: run.created.map(timestamp), engines: run.engines.sorted(),
      evidence: run.evidence.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) },
      files: files.files.map {
        Manifest.Entry(path: $0.path, role: $0.role, size: $0.bytes.count, sha256: Manifest.sha256($0.bytes))
      })
    let text = manifest.encoded()
    let signature = Data(try key.signature(of: text)).base64EncodedString() + "\n"

    let target = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let suffix = "\(getpid()).\(UInt32.random(in: .min ... .max))"
    let fresh = "\(target).\(suffix).new"
    guard mkdir(fresh, 0o755) == 0 else { throw FileBytes.cannotWrite(target) }
    defer { try? FileManager.default.removeItem(atPath: fresh) }
    for file in files.files {
      try makeFolders(of: file.path, below: fresh)
      try FileBytes.create("\(fresh)/\(file.path)", file.bytes, mode: 0o644)
    }
    try FileBytes.create("\(fresh)/\(SealedPath.manifest)", text, mode: 0o644)
    try FileBytes.create("\(fresh)/\(SealedPath.signature)", Array(signature.utf8), mode: 0o644)
    try install(fresh, at: target, retiringTo: "\(target).\(suffix).old")
    return manifest
  }

  private static func makeFolders(of path: String, below root: String) throws(Fault) {
    var folder = root
    for part in path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw FileBytes.cannotWrite(folder) }
    }
  }

  private static func install(_ fresh: String, at target: String, retiringTo retired: String) throws(Fault) {
    var status = stat()
    if lstat(target, &status) == 0 {
      let isBundle = [SealedPath.manifest, SealedPath.signature].allSatisfy { access("\(target)/\($0)", F_OK) == 0 }
      guard status.st_mode & S_IFMT == S_IFDIR, isBundle || rmdir(target) == 0 else {
        throw Fault(
          .usage, "something that is no bundle stands here", at: Location(path: target),
          remedy: "name another folder, or move that away")
      }
      if isBundle {
        guard rename(target, retired) == 0 else { throw FileBytes.cannotWrite(target) }
      }
    }
    guard rename(fresh, target) == 0 else {
      let fault = FileBytes.cannotWrite(target)
      _ = rename(retired, target)
      throw fault
    }
    try? FileManager.default.removeItem(atPath: retired)
  }

  private static func timestamp(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
  }
}
