import Syntax
import Testing

@testable import Flow

/// Which hosts are the site's own.
@Suite struct SiteTests {
  @Test(
    arguments: [
      // RFC 1918, RFC 6598, loopback, link-local, and their neighbours on both sides.
      ("10.1.2.3", false), ("11.1.2.3", true), ("127.0.0.1:9090", false), ("192.168.4.5", false), ("192.169.4.5", true),
      ("172.15.0.1", true), ("172.16.0.1", false), ("172.31.0.1", false), ("172.32.0.1", true), ("169.254.1.1", false),
      ("100.63.0.1", true), ("100.64.0.1", false), ("100.127.0.1", false), ("100.128.0.1", true),
      ("0.0.0.0:9093", false),
      ("http://8.8.8.8:80/x", true),
      // Four parts that are no address are a name like any other.
      ("a.b.c.com", true), ("10.0.0.lan", false), ("10.0.0.300", true), ("10.0.0.1.example.com", true),
      // RFC 4193, loopback and link-local of IPv6, in brackets as in addresses.
      ("http://[::1]:9090/api", false), ("[fd00::1]:3100", false), ("[fc00::1]:3100", false),
      ("[fe80::1%25eth0]", false), ("[fe81::1]", false), ("[fec0::1]", true),
      ("http://[2001:db8::1]:3100/", true), ("https://user:secret@[2600::1]", true),
      // A name without a domain, and domains kept for private use.
      ("loki", false), ("http://loki:3100/x", false), ("loki.home.arpa", false), ("loki.arpa", true),
      ("svc.monitoring.svc", false), ("grafana.internal", false), ("a.corp:1", false), ("corp.example.com", true),
      ("LOKI.INTERNAL", false), ("https://hooks.slack.com/services/x?y@z#q", true), ("smtp.example.com.:25", true),
      ("http://me:p@ss@loki:3100", false), ("http://loki:3100?to=mail.example.com", false),
    ])
  func publicHostsAreTold(address: String, isPublic: Bool) throws {
    #expect(try #require(HostName(address)).isPublic == isPublic)
  }

  @Test(arguments: ["", "http://", "http:///path", "${HOST}:9090", "{{ host }}", "<host>", "$HOST"])
  func whatIsPutInLaterIsNoHost(address: String) { #expect(HostName(address) == nil) }

  @Test func domainsAndNetworksOfThePolicyAreItsOwn() throws {
    let site = Site(
      domains: ["carcara.example"], networks: try ["198.51.100.0/24", "2001:db8::/32"].map { try #require(.init($0)) })
    func isOutside(_ address: String) throws -> Bool { site.isOutside(try #require(HostName(address))) }
    for own in [
      "carcara.example", "https://a.b.Carcara.Example:443/x", "198.51.100.7:9090", "[2001:db8::5]:3100", "10.0.0.1",
    ] {
      #expect(try !isOutside(own), "\(own)")
    }
    for other in ["xcarcara.example", "example", "carcara.example.com", "198.51.101.7", "[2001:db9::5]:3100"] {
      #expect(try isOutside(other) == (other != "example"), "\(other)")
    }
  }
}
