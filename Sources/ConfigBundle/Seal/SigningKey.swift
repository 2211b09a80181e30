import Crypto
import Foundation
public import Vocabulary

/// The Ed25519 key that bundles are signed with. It is never printed, and a copy in memory is all that leaves its file.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  public var publicKey: PublicKey {
    guard let key = PublicKey(bytes: Array(key.publicKey.rawRepresentation)) else {
      preconditionFailure("a private key has a public key")
    }
    return key
  }

  /// Reads a PEM file (PKCS #8, RFC 8410) or one line of base64 of the 32 bytes.
  ///
  /// - Throws: `Fault(.usage)` where the file is missing, holds no such key, or others than its owner may read it.
  public static func load(_ path: String) throws(Fault) -> SigningKey {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & 0o077 != 0 {
      throw Fault(
        .usage, "others than its owner can read the signing key", at: Location(path: path), remedy: "chmod 600 it")
    }
    let bytes = try KeyFile.read(path)
    guard let raw = KeyFile.decode(bytes, label: "PRIVATE KEY", prefix: KeyFile.privatePrefix),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: raw)
    else {
      throw Fault(
        .usage, "no Ed25519 private key", at: Location(path: path),
        remedy: "give a PEM file (openssl genpkey -algorithm ed25519) or 32 bytes as base64")
    }
    return SigningKey(key: key)
  }

  /// The key of a state folder: `signing.key` (PEM, mode 0600) with `signing.pub` beside it, made where there is none.
  ///
  /// Two runs that start at once agree on one key.
  /// - Throws: `Fault(.usage)` where the folder cannot be written or holds something else under that name.
  public static func loadOrCreate(inState folder: String) throws(Fault) -> SigningKey {
    let path = "\(folder)/signing.key"
    if access(path, F_OK) != 0 { try create(path, in: folder) }
    let key = try load(path)
    let publicPath = "\(folder)/signing.pub"
    let pem = Array(key.publicKey.pem.utf8)
    if (try? FileBytes.read(publicPath, limit: 16 << 10)) != pem {
      let temporary = "\(publicPath).\(getpid()).\(UInt32.random(in: .min ... .max))"
      try FileBytes.create(temporary, pem, mode: 0o644)
      guard rename(temporary, publicPath) == 0 else {
        let fault = FileBytes.cannotWrite(publicPath)
        unlink(temporary)
        throw fault
      }
    }
    return key
  }

  private static func create(_ path: String, in folder: String) throws(Fault) {
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let raw = Array(Curve25519.Signing.PrivateKey().rawRepresentation)
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max))"
    try FileBytes.create(
      temporary, Array(KeyFile.pem("PRIVATE KEY", KeyFile.privatePrefix + raw).utf8), mode: 0o600)
    defer { unlink(temporary) }
    // Unlike a rename, a link never replaces the key of a run that was faster.
    guard link(temporary, path) == 0 || errno == EEXIST else { throw FileBytes.cannotWrite(path) }
  }

  /// 64 bytes (RFC 8032).
  func signature(of bytes: [UInt8]) throws(Fault) -> [UInt8] {
    do {
      return Array(try key.signature(for: bytes))
    } catch {
      throw Fault(.internal, "signing failed")
    }
  }
}
