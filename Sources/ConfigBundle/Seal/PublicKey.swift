import Crypto
import Foundation
public import Vocabulary

/// An Ed25519 public key that signatures are held against.
public struct PublicKey: Sendable, Hashable {
  /// 32 bytes (RFC 8032).
  public let bytes: [UInt8]

  /// - Parameter bytes: 32 bytes.
  init?(bytes: [UInt8]) {
    guard (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else { return nil }
    self.bytes = bytes
  }

  /// First 16 hex digits of the key's SHA-256; names it in messages.
  public var id: String { String(Manifest.sha256(bytes).prefix(16)) }

  /// PEM as `openssl pkey -pubin` reads it (RFC 8410).
  public var pem: String { KeyFile.pem("PUBLIC KEY", KeyFile.publicPrefix + bytes) }

  /// Reads a PEM file (RFC 8410) or one line of base64 of the 32 bytes.
  ///
  /// - Throws: `Fault(.usage)` where the file is missing or holds no such key.
  public static func load(_ path: String) throws(Fault) -> PublicKey {
    let bytes = try KeyFile.read(path)
    guard let raw = KeyFile.decode(bytes, label: "PUBLIC KEY", prefix: KeyFile.publicPrefix),
      let key = PublicKey(bytes: raw)
    else {
      throw Fault(
        .usage, "no Ed25519 public key", at: Location(path: path),
        remedy: "give a PEM file (BEGIN PUBLIC KEY) or 32 bytes as base64")
    }
    return key
  }

  func accepts(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: self.bytes) else { return false }
    return key.isValidSignature(signature, for: bytes)
  }
}
