public import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Which URLs stay on this machine.
public enum Loopback {
  /// True for `localhost`, 127.0.0.0/8 and ::1. Other names are not looked up: what they resolve to can change.
  public static func contains(_ url: URL) -> Bool {
    guard var host = url.host(percentEncoded: false)?.lowercased() else { return false }
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    if host == "localhost" { return true }
    var six = in6_addr()
    if inet_pton(AF_INET6, host, &six) == 1 {
      return withUnsafeBytes(of: six) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    }
    var four = in_addr()
    return inet_pton(AF_INET, host, &four) == 1 && UInt32(bigEndian: four.s_addr) >> 24 == 127
  }
}
