import Syntax

/// What belongs to the site that is judged.
struct Site: Sendable {
  /// Public domains of its own, in lower case: they and whatever is below them.
  private let domains: Set<String>
  /// Public addresses of its own.
  private let networks: [AddressBlock]

  /// What to do about a host that is outside.
  static let remedy = """
    send to a system of the site; if the domain or the address is the site's own, say so in the policy (site); or accept it: with an end, an \
    owner and a reason
    """

  init(domains: some Sequence<String>, networks: [AddressBlock]) {
    self.domains = Set(domains)
    self.networks = networks
  }

  /// Whether somebody else may stand behind a host.
  func isOutside(_ host: HostName) -> Bool {
    guard host.isPublic, !networks.contains(where: { $0.contains(host.name) }) else { return false }
    // Each domain above the host, the shortest last.
    var rest = host.name[...]
    while !domains.contains(String(rest)) {
      guard let point = rest.firstIndex(of: ".") else { return true }
      rest = rest[rest.index(after: point)...]
    }
    return false
  }
}
