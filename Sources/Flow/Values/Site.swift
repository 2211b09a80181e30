/// What belongs to the site that is judged.
struct Site: Sendable, Hashable {
  /// Public domains of its own, in lower case: they and whatever is below them.
  private let domains: Set<String>

  /// What to do about a host that is outside.
  static let remedy = """
    send to a system of the site; if the domain is the site's own, say so in the policy (site, domains); or accept it: with an end, an \
    owner and a reason
    """

  init(domains: some Sequence<String>) { self.domains = Set(domains) }

  /// Whether somebody else may stand behind a host.
  func isOutside(_ host: HostName) -> Bool {
    guard host.isPublic else { return false }
    // Each domain above the host, the shortest last.
    var rest = host.name[...]
    while !domains.contains(String(rest)) {
      guard let point = rest.firstIndex(of: ".") else { return true }
      rest = rest[rest.index(after: point)...]
    }
    return false
  }
}
