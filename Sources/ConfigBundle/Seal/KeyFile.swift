import Foundation
import Vocabulary

/// Key files: PEM as OpenSSL writes it, or bare base64.
enum KeyFile {
  /// DER of an Ed25519 key up to its 32 bytes (RFC 8410): SubjectPublicKeyInfo and PKCS #8.
  static let publicPrefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
  static let privatePrefix: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]

  static func read(_ path: String) throws(Fault) -> [UInt8] {
    // Key files may be links (Kubernetes secrets are); what they lead to must be a small regular file.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    do {
      return try FileBytes.read(target, limit: 16 << 10)
    } catch {
      throw Fault(
        .usage, "the key file cannot be read", at: Location(path: path), remedy: "name a key file that can be read")
    }
  }

  static func pem(_ label: String, _ der: [UInt8]) -> String {
    "-----BEGIN \(label)-----\n\(Data(der).base64EncodedString())\n-----END \(label)-----\n"
  }

  /// The 32 bytes of a key, or nil.
  static func decode(_ bytes: [UInt8], label: String, prefix: [UInt8]) -> [UInt8]? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    let isPEM = lines.first == "-----BEGIN \(label)-----" && lines.last == "-----END \(label)-----"
    let body = isPEM ? lines.dropFirst().dropLast().joined() : lines.joined()
    guard let data = Data(base64Encoded: body) else { return nil }
    guard isPEM else { return data.count == 32 ? Array(data) : nil }
    return data.count == prefix.count + 32 && data.starts(with: prefix) ? Array(data.dropFirst(prefix.count)) : nil
  }
}
