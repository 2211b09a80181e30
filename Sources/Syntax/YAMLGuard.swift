import Vocabulary

/// Refuses YAML whose size in memory or time to load would bear no relation to its size in bytes.
///
/// libyaml itself stops at 1,000 levels. What is left are aliases: a value repeated by alias is shared and costs nothing,
/// but Yams hashes mapping keys, and a key made of nested aliases takes exponential time. Nobody writes such keys by hand,
/// so a document that has many aliases and complex keys is refused before it is loaded.
enum YAMLGuard {
  static let maximumDepth = 200
  static let maximumNodes = 1_000_000
  /// Larger documents are not loaded as trees (a tree takes up to some hundred bytes for each byte of source).
  static let maximumBytes = 8 << 20
  static let maximumKeyAliases = 32

  static func check(_ bytes: UnsafeRawBufferPointer, path: String?) throws(Fault) {
    guard bytes.count <= maximumBytes else {
      throw Fault(
        .incomplete, "YAML larger than \(maximumBytes >> 20) MB is not read as a tree", at: Location(path: path),
        remedy: "split the file")
    }
    // An asterisk before a word in running text is no alias: only what an anchor has named can be one.
    var anchors: Set<[UInt8]> = []
    var aliases = 0
    var hasComplexKey = false
    var previous: UInt8 = 0x0A
    for index in 0..<bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
      switch byte {
      case UInt8(ascii: "&") where isSeparator(previous) && !isSeparator(next):
        anchors.insert(name(bytes, after: index))
      case UInt8(ascii: "*")
      where isSeparator(previous) && !anchors.isEmpty && anchors.contains(name(bytes, after: index)):
        aliases += 1
        if !hasComplexKey { hasComplexKey = isKey(bytes, alias: index) }
      case UInt8(ascii: "?") where isSeparator(previous) && isSeparator(next): hasComplexKey = true
      case UInt8(ascii: "]"), UInt8(ascii: "}"): if isColon(bytes, after: index + 1) { hasComplexKey = true }
      default: break
      }
      previous = byte
    }
    if hasComplexKey, anchors.count > 1, aliases > maximumKeyAliases {
      throw Fault(
        .incomplete,
        "YAML with more than \(maximumKeyAliases) aliases beside keys that are no plain text is not loaded",
        at: Location(path: path), remedy: "write the aliased values out")
    }
  }

  /// The name of an anchor or alias, of the characters that libyaml takes for one (yaml_parser_scan_anchor).
  private static func name(_ bytes: UnsafeRawBufferPointer, after indicator: Int) -> [UInt8] {
    Array(
      bytes[(indicator + 1)...].prefix { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
          || byte == UInt8(ascii: "-")
      })
  }

  private static func isKey(_ bytes: UnsafeRawBufferPointer, alias: Int) -> Bool {
    var index = alias + 1
    while index < bytes.count, !isSeparator(bytes[index]) { index += 1 }
    return isColon(bytes, after: index)
  }

  private static func isColon(_ bytes: UnsafeRawBufferPointer, after start: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return index < bytes.count && bytes[index] == UInt8(ascii: ":")
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: ","), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
