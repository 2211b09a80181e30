import Syntax

/// The host of an address, and whether it is one of the site's own.
struct HostName: Sendable, Hashable {
  var name: String

  /// - Parameter address: a URL or `host:port`.
  /// - Returns: nil where the address is none or is put in when the program starts (`${HOST}`, `{{ … }}`).
  init?(_ address: String) {
    guard !address.contains("$"), !address.contains("{"), !address.contains("<") else { return nil }
    var rest = address[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { !"/?#".contains($0) }
    if let user = rest.lastIndex(of: "@") { rest = rest[rest.index(after: user)...] }
    if rest.hasPrefix("[") {
      rest = rest.dropFirst().prefix { $0 != "]" }
    } else {
      rest = rest.prefix { $0 != ":" }
    }
    // `host.domain.` is the same host, its name written to the root.
    if rest.last == "." { rest = rest.dropLast() }
    guard !rest.isEmpty else { return nil }
    name = rest.lowercased()
  }

  /// Whether anybody on the internet may stand behind it: no private address (RFC 1918, RFC 4193, RFC 6598, loopback, link-local), no name
  /// without a domain, and none under a domain that is kept for private use (RFC 6762, RFC 8375, ICANN's `.internal`) or is commonly
  /// used so (Consul's and Kubernetes' among them).
  var isPublic: Bool {
    // An address of a link may name the interface: `fe80::1%eth0`.
    let address = String(name.prefix { $0 != "%" })
    guard !Self.ownNetworks.contains(where: { $0.contains(address) }) else { return false }
    if name.contains(":") { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 && !Self.ownDomains.contains(String(parts.last ?? ""))
      && !name.hasSuffix(".home.arpa")
  }

  private static let ownNetworks = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
    "::1/128", "fc00::/7", "fe80::/10",
  ].compactMap(AddressBlock.init)

  private static let ownDomains: Set<String> = [
    "consul", "corp", "home", "internal", "intranet", "lan", "local", "localdomain", "localhost", "private", "svc",
  ]
}
