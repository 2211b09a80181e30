import Syntax
import Vocabulary

extension PolicyReader {
  /// `site`: what belongs to the site.
  ///
  /// - Returns: its public domains, as they stand there, and addresses.
  static func site(_ main: Fields) throws(Fault) -> (domains: [String], networks: [AddressBlock]) {
    guard let value = main.optional("site") else { return ([], []) }
    let site = try Fields(value, known: ["domains", "networks"], path: main.path)
    let domains = try site.texts("domains")
    for (domain, place) in zip(domains, site.optional("domains")?.array ?? []) {
      guard isDomain(domain) else {
        throw site.fault(
          "a domain of the site is its name in lower case with at least one point, without addresses, ports or *",
          at: place,
          remedy: "For example carcara.example; whatever is below it is the site's too.")
      }
    }
    var networks: [AddressBlock] = []
    for (text, place) in zip(try site.texts("networks"), site.optional("networks")?.array ?? []) {
      guard let network = AddressBlock(text) else {
        throw site.fault(
          "a network of the site is a block of addresses", at: place,
          remedy: "For example 198.51.100.0/24, or 2001:db8::/32.")
      }
      networks.append(network)
    }
    return (domains, networks)
  }

  /// A name as DNS has it (RFC 1123), of two labels or more: one label would be a whole top-level domain.
  private static func isDomain(_ text: String) -> Bool {
    let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.count >= 2 && text.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
          && label.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
          }
      }
      // The last one of a name holds a letter; an address has digits there.
      && labels.last?.contains { (0x61...0x7A).contains($0) } == true
  }
}
