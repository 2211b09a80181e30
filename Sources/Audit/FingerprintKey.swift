import Crypto
public import Foundation
public import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// The secret under which text of telemetry is hashed, so that a report can be compared with the next one but not be
/// searched for guessed sentences.
///
/// Source of the rule: docs/ARCHITECTURE.md, invariant 1. The key never comes from the seed.
public struct FingerprintKey: Sendable {
  let symmetric: SymmetricKey

  /// First 16 hex digits of SHA-256 over a fixed prefix and the key; printed in reports, so that a baseline made under
  /// another key is told from one where everything is new.
  public let id: String

  /// - Parameter bytes: at least 16 bytes.
  public init(bytes: some ContiguousBytes) {
    symmetric = SymmetricKey(data: bytes)
    var hash = SHA256()
    hash.update(data: Data("sigilo fingerprint key id v1\0".utf8))
    symmetric.withUnsafeBytes { hash.update(bufferPointer: $0) }
    id = String(hex(hash.finalize()).prefix(16))
  }

  /// HMAC-SHA256 of a text under this key, lower-case hex.
  public func keyedHash(_ text: String) -> String {
    hex(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: symmetric))
  }

  /// Reads a key file: 32 bytes as 64 hex digits, as `create` writes it.
  public static func read(_ path: String) throws(Fault) -> FingerprintKey {
    let place = Location(path: path)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Fault(
        .usage, "the key file cannot be read", at: place,
        remedy: "Check the path and its permissions, or leave --key-file out: a key is then made in the state folder.")
    }
    let digits = data.filter { !" \t\r\n".utf8.contains($0) }
    guard digits.count == 64, let bytes = unhex(digits) else {
      throw Fault(
        .usage, "the key file does not hold 64 hex digits", at: place,
        remedy: "Make one with: head -c 32 /dev/urandom | xxd -p -c 64 > FILE; chmod 600 FILE")
    }
    return FingerprintKey(bytes: bytes)
  }

  /// The key of a state folder, made there once (mode 0600) if there is none.
  public static func inState(_ folder: String) throws(Fault) -> FingerprintKey {
    let path = folder + "/fingerprint.key"
    if FileManager.default.fileExists(atPath: path) { return try read(path) }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Fault(
        .usage, "the state folder cannot be made", at: Location(path: folder),
        remedy: "Choose a folder that you may write to with --state DIR.")
    }
    let key = SymmetricKey(size: .bits256)
    let text = key.withUnsafeBytes { hex($0) } + "\n"
    // O_EXCL: two runs that start together must end up with one key, whoever comes first.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor < 0 {
      guard errno == EEXIST else {
        throw Fault(
          .usage, "no key can be made in the state folder", at: Location(path: folder),
          remedy: "Choose a folder that you may write to with --state DIR.")
      }
      return try read(path)
    }
    defer { close(descriptor) }
    let written = text.withCString { write(descriptor, $0, 65) }
    guard written == 65 else {
      unlink(path)
      throw Fault(.usage, "the key could not be written whole", at: Location(path: path), remedy: "Free some space.")
    }
    return FingerprintKey(bytes: key.withUnsafeBytes { Data($0) })
  }
}

/// Lower-case hex of bytes.
func hex(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

private func unhex(_ digits: Data) -> [UInt8]? {
  let text = Array(digits)
  var bytes: [UInt8] = []
  for index in stride(from: 0, to: text.count - 1, by: 2) {
    guard let byte = UInt8(String(decoding: text[index...index + 1], as: UTF8.self), radix: 16) else { return nil }
    bytes.append(byte)
  }
  return bytes
}

extension FingerprintKey {
  /// 32 bytes for another purpose, from which neither this key nor those of other purposes can be told.
  public func derived(for purpose: String) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Data("sigilo derived key v1\0\(purpose)".utf8), using: symmetric))
  }
}
