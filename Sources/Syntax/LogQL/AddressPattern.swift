import Foundation

/// What `ip("…")` takes: an address, a network or a range of addresses.
///
/// Source: grafana/loki pkg/logql/log/ip.go, with Go's net/netip and go4.org/netipx.
enum AddressPattern {
  static func isValid(_ text: String) -> Bool {
    if address(text, withZone: true) != nil { return true }
    if let slash = text.lastIndex(of: "/"), let address = address(text[..<slash], withZone: false) {
      let bits = text[text.index(after: slash)...]
      guard bits == "0" || bits.first != "0", bits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), bits.count <= 3
      else { return false }
      return Int(bits).map { $0 <= address.count * 8 } ?? false
    }
    guard let dash = text.firstIndex(of: "-"), let first = address(text[..<dash], withZone: false),
      let last = address(text[text.index(after: dash)...], withZone: false), first.count == last.count
    else { return false }
    return !last.lexicographicallyPrecedes(first)
  }

  /// The bytes of an address.
  private static func address(_ text: some StringProtocol, withZone: Bool) -> [UInt8]? {
    var text = String(text)
    if let percent = text.firstIndex(of: "%") {
      guard withZone, text.contains(":"), text.index(after: percent) < text.endIndex else { return nil }
      text = String(text[..<percent])
    }
    let isVersion6 = text.contains(":")
    var bytes = [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
    guard !text.utf8.contains(0), inet_pton(isVersion6 ? AF_INET6 : AF_INET, text, &bytes) == 1 else { return nil }
    return bytes
  }
}
