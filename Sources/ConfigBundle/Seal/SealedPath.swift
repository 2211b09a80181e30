/// Paths that a manifest may name.
enum SealedPath {
  static let manifest = "manifest.json"
  static let signature = "manifest.json.sig"

  /// Relative, with no empty part, `.`, `..`, NUL or backslash, and not one of the bundle's own two files.
  static func isSafe(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return path.utf8.count <= 4096
      && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255 }
      && !path.utf8.contains(0) && !path.utf8.contains(UInt8(ascii: "\\")) && path != manifest && path != signature
  }

  /// The path as it may be printed: whoever changed a bundle chose the names in it.
  static func printable(_ path: String) -> String {
    String(
      String.UnicodeScalarView(
        path.unicodeScalars.prefix(200).map { (0x20...0x7E).contains($0.value) ? $0 : "?" }))
  }
}
