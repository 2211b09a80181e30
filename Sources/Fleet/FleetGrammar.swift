/// What a text of the inventory may be. The texts end up in several configuration languages and in shell words, so each
/// grammar is narrow: none admits white space at its ends, control characters or quotes.
enum FleetGrammar {
  /// Lower-case host name (RFC 1123): labels of letters, digits and inner hyphens, joined by dots.
  case host
  /// Short lower-case name.
  case name
  /// Name of a model, as clients write it.
  case model
  /// Folder or hub id of weights.
  case weights
  /// Product name of a GPU.
  case product
  /// http or https URL.
  case url
  case email
  /// Host and port.
  case endpoint

  var description: String {
    switch self {
    case .host:
      "a lower-case host name (letters, digits, inner hyphens, dots; labels of at most 63, in all at most 253)"
    case .name: "lower-case letters, digits and inner hyphens, at most 63"
    case .model:
      "letters, digits, dot, underscore, slash, colon and hyphen, at most 128, starting with a letter or digit"
    case .weights: "a path or hub id of letters, digits, dot, underscore, slash and inner hyphen, at most 256"
    case .product: "letters, digits, single spaces, dot and hyphen, at most 64"
    case .url: "an http or https URL without user, space or quote"
    case .email: "an e-mail address"
    case .endpoint: "host:port"
    }
  }

  func accepts(_ text: String) -> Bool {
    switch self {
    case .host:
      return text.utf8.count <= 253
        && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { Self.isLabel($0) }
    case .name: return Self.isLabel(text[...])
    case .model:
      return (1...128).contains(text.utf8.count) && text.utf8.allSatisfy(Self.isWord("._/:-"))
        && text.utf8.first.map(Self.isWord("")) == true
    case .weights:
      // A leading hyphen would be read as an option of `vllm serve`.
      return (1...256).contains(text.utf8.count) && text.utf8.allSatisfy(Self.isWord("._/-")) && !text.hasPrefix("-")
    case .product:
      return (1...64).contains(text.utf8.count) && !text.hasPrefix(" ") && !text.hasSuffix(" ")
        && !text.contains("  ") && text.utf8.allSatisfy(Self.isWord(" .-"))
    case .url:
      guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else { return false }
      let rest = text.dropFirst(scheme.count)
      return text.utf8.count <= 2048 && rest.utf8.allSatisfy(Self.isWord("._~:/?#[]!$&()*+,;=%-"))
        && FleetGrammar.host.accepts(String(rest.prefix { !":/?#".contains($0) }))
    case .email:
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      return parts.count == 2 && (1...64).contains(parts[0].utf8.count) && parts[0].utf8.allSatisfy(Self.isWord("._+-"))
        && FleetGrammar.host.accepts(String(parts[1]))
    case .endpoint:
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      return parts.count == 2 && FleetGrammar.host.accepts(String(parts[0]))
        && parts[1].utf8.allSatisfy(Self.isDigit) && Int(parts[1]).map((1...65535).contains) == true
    }
  }

  private static func isLabel(_ text: Substring) -> Bool {
    (1...63).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasSuffix("-")
      && text.utf8.allSatisfy { isDigit($0) || isLower($0) || $0 == UInt8(ascii: "-") }
  }

  /// ASCII letters, digits, and what `others` lists.
  private static func isWord(_ others: StaticString) -> (UInt8) -> Bool {
    let extra = others.withUTF8Buffer { Array($0) }
    return { isDigit($0) || isLower($0 | 0x20) || extra.contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
}
