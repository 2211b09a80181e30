/// What `ip("…")` takes: an address, a network or a range of addresses.
///
/// Source: grafana/loki pkg/logql/log/ip.go, with Go's net/netip and go4.org/netipx.
enum AddressPattern {
  static func isValid(_ text: String) -> Bool {
    if isAddress(text) || AddressBlock(text) != nil { return true }
    guard let dash = text.firstIndex(of: "-"), let first = AddressBlock.bytes(of: text[..<dash]),
      let last = AddressBlock.bytes(of: text[text.index(after: dash)...]), first.count == last.count
    else { return false }
    return !last.lexicographicallyPrecedes(first)
  }

  /// Whether it is an address, with a zone or without.
  private static func isAddress(_ text: String) -> Bool {
    guard let percent = text.firstIndex(of: "%") else { return AddressBlock.bytes(of: text) != nil }
    return text.contains(":") && text.index(after: percent) < text.endIndex
      && AddressBlock.bytes(of: text[..<percent]) != nil
  }
}
