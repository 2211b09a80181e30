/// `net.SplitHostPort`, `net.JoinHostPort` and `net.ParseIP`.
struct HostPort {
  var host: [UInt8]
  var port: [UInt8]

  init?(_ text: [UInt8]) {
    guard let colon = text.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    if text.first == UInt8(ascii: "[") {
      guard let close = text.firstIndex(of: UInt8(ascii: "]")), close + 1 == colon else { return nil }
      host = Array(text[1..<close])
      guard !host.contains(UInt8(ascii: "[")) else { return nil }
    } else {
      host = Array(text[..<colon])
      guard !host.contains(UInt8(ascii: ":")), !host.contains(where: { "[]".utf8.contains($0) }) else { return nil }
    }
    port = Array(text[(colon + 1)...])
    guard !port.contains(where: { "[]".utf8.contains($0) }) else { return nil }
  }

  /// The first name of a host, with its port; addresses as they are.
  static func withoutDomain(_ text: [UInt8]) -> [UInt8] {
    let split = HostPort(text)
    let host = split?.host ?? text
    if isAddress(host) { return text }
    let name = Array(host.prefix { $0 != UInt8(ascii: ".") })
    guard let port = split?.port, !port.isEmpty else { return name }
    let quoted = name.contains(UInt8(ascii: ":")) || name.contains(UInt8(ascii: "%"))
    return (quoted ? [UInt8(ascii: "[")] + name + [UInt8(ascii: "]")] : name) + [UInt8(ascii: ":")] + port
  }

  private static func isAddress(_ host: [UInt8]) -> Bool {
    host.contains(UInt8(ascii: ":")) ? isVersion6(host) : isVersion4(host)
  }

  private static func isVersion4(_ host: [UInt8]) -> Bool {
    let parts = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy { (0x30...0x39).contains($0) }
          && (part.count == 1 || part.first != UInt8(ascii: "0"))
          && Int(String(decoding: part, as: UTF8.self)) ?? 256 < 256
      }
  }

  private static func isVersion6(_ host: [UInt8]) -> Bool {
    var groups = host.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(Array.init)
    var count = 0
    if let last = groups.last, last.contains(UInt8(ascii: ".")) {
      guard isVersion4(last) else { return false }
      groups.removeLast()
      count = 2
      if groups.last == [], groups.count > 1 { groups.append([]) }
      if groups.last == [] { groups.removeLast() }
    }
    let text = String(decoding: host, as: UTF8.self)
    let isShort = text.contains("::")
    guard GoText.count(of: Array("::".utf8), in: host) <= 1, !text.contains(":::") else { return false }
    if !isShort, text.hasPrefix(":") || text.hasSuffix(":") { return false }
    if text.hasPrefix(":"), !text.hasPrefix("::") { return false }
    if text.hasSuffix(":"), !text.hasSuffix("::") { return false }
    for group in groups where !group.isEmpty {
      guard group.count <= 4, group.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return false }
      count += 1
    }
    return isShort ? count < 8 : count == 8
  }
}
