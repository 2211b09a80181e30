import Foundation

/// Addresses that begin alike, as CIDR writes them: `198.51.100.0/24`, `2001:db8::/32`.
///
/// Source: Go's net/netip (`ParsePrefix`), RFC 4632 and RFC 4291.
public struct AddressBlock: Sendable, Hashable {
  private let bytes: [UInt8]
  /// How many bits are the same.
  private let length: Int

  /// - Returns: nil for a text that is none; bits behind the length count for nothing.
  public init?(_ text: String) {
    guard let slash = text.lastIndex(of: "/"), let bytes = Self.bytes(of: text[..<slash]) else { return nil }
    let digits = text[text.index(after: slash)...]
    guard digits == "0" || digits.first != "0", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count <= 3,
      let length = Int(digits), length <= bytes.count * 8
    else { return nil }
    self.bytes = bytes
    self.length = length
  }

  /// - Parameter address: false for a text that is no address.
  public func contains(_ address: String) -> Bool {
    guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
    return (0..<length).allSatisfy { bit in
      (other[bit / 8] ^ bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
    }
  }

  /// The bytes of an address without a zone; nil for a text that is none.
  static func bytes(of text: some StringProtocol) -> [UInt8]? {
    let isVersion6 = text.contains(":")
    var bytes = [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
    guard !text.utf8.contains(0), inet_pton(isVersion6 ? AF_INET6 : AF_INET, String(text), &bytes) == 1 else {
      return nil
    }
    return bytes
  }
}
