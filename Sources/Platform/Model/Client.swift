/// A program that calls the gateway, as LiteLLM's default labels show it.
struct Client: Sendable, Hashable {
  let address: String
  let userAgent: String
  let keyAlias: String

  /// SHA-256 as LiteLLM would print it for the key; any 64 hex digits do.
  var hashedKey: String { hexDigits(of: "key \(keyAlias)", count: 64) }

  static let all = [
    Client(address: "10.20.0.11", userAgent: "OpenAI/Python 1.109.1", keyAlias: "portal"),
    Client(address: "10.20.0.12", userAgent: "OpenAI/JS 4.104.0", keyAlias: "assistente"),
    Client(address: "10.20.0.31", userAgent: "python-httpx/0.28.1", keyAlias: "resumos"),
  ]
}

/// Hex digits that depend on the text alone, for ids that the real programs derive by hashing.
func hexDigits(of text: String, count: Int) -> String {
  var random = SeededRandom(seed: stableHash(text))
  var digits = ""
  while digits.utf8.count < count {
    let word = String(random.next(), radix: 16)
    digits += String(repeating: "0", count: 16 - word.count) + word
  }
  return String(digits.prefix(count))
}
