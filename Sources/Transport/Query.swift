public import Foundation

extension URL {
  /// A path below this URL with a query, every byte of its values encoded that a server could take for something else.
  ///
  /// Foundation leaves `+` as it is, which Go's servers read as a space.
  public func endpoint(_ path: String, _ query: KeyValuePairs<String, String> = [:]) -> URL {
    var components = URLComponents(url: self, resolvingAgainstBaseURL: false) ?? URLComponents()
    var base = components.percentEncodedPath
    while base.hasSuffix("/") { base.removeLast() }
    components.percentEncodedPath = base + path
    components.percentEncodedQuery =
      query.isEmpty ? nil : query.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
    return components.url ?? self
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }

  /// RFC 3986.
  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
