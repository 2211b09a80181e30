import Crypto
import Foundation
public import Vocabulary

/// The secret from which a run's canary markers come: 32 bytes.
///
/// Who does not know it can neither foresee a marker nor tell one from a made-up word, so a filter cannot be tuned to let
/// everything pass but canaries.
public struct CanaryKey: Sendable {
  static let length = 32
  private let key: SymmetricKey

  /// A new key from the system's random source.
  public static func random() -> CanaryKey { CanaryKey(SymmetricKey(size: .bits256)) }

  /// - Throws: `usage` where there are not exactly 32 bytes.
  public init(bytes: [UInt8]) throws(Fault) {
    guard bytes.count == Self.length else { throw Self.malformed(bytes.count, at: nil) }
    self.init(SymmetricKey(data: bytes))
  }

  /// Reads a file of exactly 32 bytes.
  ///
  /// - Throws: `usage` where it cannot be read or has another length.
  public init(file path: String) throws(Fault) {
    guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: Self.length + 1)
    else {
      throw Fault(.usage, "the canary key cannot be read", at: Location(path: path), remedy: "give a readable file")
    }
    guard data.count == Self.length else { throw Self.malformed(data.count, at: Location(path: path)) }
    self.init(SymmetricKey(data: data))
  }

  /// A key that depends on the seed alone, for runs that must be repeatable byte for byte.
  public init(seed: UInt64) {
    let digest = SHA256.hash(data: Data("sigilo canary key v1 \(seed)".utf8))
    self.init(SymmetricKey(data: Data(digest)))
  }

  private init(_ key: SymmetricKey) { self.key = key }

  private static func malformed(_ count: Int, at place: Location?) -> Fault {
    let found = count > length ? "more" : "\(count)"
    return Fault(
      .usage, "a canary key has \(length) bytes, this one has \(found)", at: place,
      remedy: "make one with `head -c 32 /dev/urandom > FILE`")
  }

  /// HMAC-SHA256 of a request, one of its texts and a position in it.
  func code(request: Int, part: CanaryText.Part, position: Int, attempt: Int) -> [UInt8] {
    let message = Data("\(request)/\(part.rawValue)/\(position)/\(attempt)".utf8)
    return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
  }
}
