/// Go's package `path`.
enum GoPath {
  private static let slash = UInt8(ascii: "/")

  static func clean(_ path: [UInt8]) -> [UInt8] {
    let isRooted = path.first == slash
    var parts: [ArraySlice<UInt8>] = []
    for part in path.split(separator: slash) {
      switch Array(part) {
      case Array(".".utf8): break
      case Array("..".utf8):
        if let last = parts.last, Array(last) != Array("..".utf8) {
          parts.removeLast()
        } else if !isRooted {
          parts.append(part)
        }
      default: parts.append(part)
      }
    }
    let joined = (isRooted ? [slash] : []) + parts.joined(separator: [slash])
    return joined.isEmpty ? Array(".".utf8) : joined
  }

  static func base(_ path: [UInt8]) -> [UInt8] {
    guard !path.isEmpty else { return Array(".".utf8) }
    return path.split(separator: slash).last.map(Array.init) ?? [slash]
  }

  static func folder(_ path: [UInt8]) -> [UInt8] {
    clean(path.lastIndex(of: slash).map { Array(path[...$0]) } ?? [])
  }

  /// With its point; of the last name only.
  static func suffix(_ path: [UInt8]) -> [UInt8] {
    let name = path.lastIndex(of: slash).map { path[($0 + 1)...] } ?? path[...]
    return name.lastIndex(of: UInt8(ascii: ".")).map { Array(name[$0...]) } ?? []
  }
}
