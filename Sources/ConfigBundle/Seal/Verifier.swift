import Foundation
import Syntax
public import Vocabulary

/// Whether a folder is a bundle as a trusted key sealed it.
public enum Verifier {
  static let maximumManifest = 64 << 20
  static let maximumFile = 1 << 30

  /// Checks signature, manifest and every file; any doubt is a problem. It never uses a key that comes with the bundle.
  ///
  /// - Parameters:
  ///   - folder: with `manifest.json` and `manifest.json.sig`.
  ///   - trust: keys of which one must have signed; with none, nothing is accepted.
  ///   - allowDraft: accept also what was built and never audited.
  /// - Throws: `Fault(.usage)` where there is no such folder. Problems of a bundle are results, not errors.
  public static func verify(
    _ folder: String, trust: [PublicKey], allowDraft: Bool = false
  ) throws(Fault) -> Verification {
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Fault(
        .usage, "no folder to verify", at: Location(path: folder),
        remedy: "name the folder that holds \(SealedPath.manifest)")
    }
    guard let text = try? FileBytes.read("\(folder)/\(SealedPath.manifest)", limit: maximumManifest),
      let signature = try? FileBytes.read("\(folder)/\(SealedPath.signature)", limit: 4096)
    else { return Verification(problems: [.unsealed]) }
    // Nothing in the manifest means anything until a trusted key has signed it.
    guard let signer = signer(of: text, signature: signature, trust: trust) else {
      return Verification(problems: [.untrusted])
    }
    guard let manifest = decode(text) else { return Verification(problems: [.malformed], signer: signer) }
    var problems: [Verification.Problem] = []
    if manifest.state == .draft, !allowDraft { problems.append(.draft) }
    problems += names(of: manifest)
    // A path that leads out of the folder must not even be looked at.
    if problems.allSatisfy({ $0 == .draft }) { problems += files(of: manifest, in: folder) }
    return Verification(problems: problems, manifest: manifest, signer: signer)
  }

  private static func signer(of text: [UInt8], signature: [UInt8], trust: [PublicKey]) -> PublicKey? {
    guard let line = String(validating: signature, as: UTF8.self), line.hasSuffix("\n"),
      let raw = Data(base64Encoded: String(line.dropLast())), raw.count == 64,
      raw.base64EncodedString() + "\n" == line
    else { return nil }
    return trust.first { $0.accepts(Array(raw), of: text) }
  }

  private static func decode(_ text: [UInt8]) -> Manifest? {
    guard let tree = try? JSONDocument.parse(text), Manifest.hasKnownKeysOnly(tree),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(text)),
      manifest.version == Manifest.currentVersion
    else { return nil }
    return manifest
  }

  private static func names(of manifest: Manifest) -> [Verification.Problem] {
    var seen: Set<String> = []
    return manifest.files.compactMap { entry in
      if !SealedPath.isSafe(entry.path) { return .unsafePath(SealedPath.printable(entry.path)) }
      return seen.insert(entry.path).inserted ? nil : .repeatedPath(SealedPath.printable(entry.path))
    }
  }

  private static func files(of manifest: Manifest, in folder: String) -> [Verification.Problem] {
    let present: [FolderWalk.Entry]
    do {
      present = try FolderWalk.entries(below: folder)
    } catch {
      return [.unreadable("")]
    }
    let listed = Dictionary(manifest.files.map { ($0.path, $0) }) { first, _ in first }
    let found = Set(present.map(\.path))
    var problems: [Verification.Problem] = manifest.files.filter { !found.contains($0.path) }
      .map { .missing(SealedPath.printable($0.path)) }
    let parents = Set(manifest.files.flatMap { ancestors(of: $0.path) })
    for entry in present where entry.path != SealedPath.manifest && entry.path != SealedPath.signature {
      let name = SealedPath.printable(entry.path)
      switch (entry.kind, listed[entry.path]) {
      case (.file, let expected?): if let problem = compare(expected, in: folder, name) { problems.append(problem) }
      case (.folder, nil) where parents.contains(entry.path): break
      case (_, .some): problems.append(.changed(name))
      case (_, nil): problems.append(.extra(name))
      }
    }
    return problems
  }

  private static func ancestors(of path: String) -> [String] {
    let parts = path.split(separator: "/").dropLast()
    return parts.indices.map { parts[...$0].joined(separator: "/") }
  }

  private static func compare(
    _ expected: Manifest.Entry, in folder: String, _ name: String
  ) -> Verification.Problem? {
    do {
      let bytes = try FileBytes.read("\(folder)/\(expected.path)", limit: min(maximumFile, max(0, expected.size)))
      return bytes.count == expected.size && Manifest.sha256(bytes) == expected.sha256 ? nil : .changed(name)
    } catch {
      return error == .unreadable ? .unreadable(name) : .changed(name)
    }
  }
}
