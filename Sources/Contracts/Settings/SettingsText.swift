/// Looks for names in text in which `_` and `-` are the same.
struct SettingsText {
  private let needles: [[UInt8]]
  /// Of the needles by their first two bytes.
  private var starts: [UInt16: [Int]] = [:]
  private var isStart = [Bool](repeating: false, count: 1 << 16)

  init(_ names: some Sequence<String>) {
    needles = Set(names.map { $0.utf8.map(Self.folded) }).filter { $0.count > 1 }
      .sorted { $0.lexicographicallyPrecedes($1) }
    for (index, needle) in needles.enumerated() {
      let start = UInt16(needle[0]) << 8 | UInt16(needle[1])
      starts[start, default: []].append(index)
      isStart[Int(start)] = true
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte }

  func isIn(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 1 else { return false }
    for index in 0..<bytes.count - 1 {
      let start = UInt16(Self.folded(bytes[index])) << 8 | UInt16(Self.folded(bytes[index + 1]))
      guard isStart[Int(start)], let candidates = starts[start] else { continue }
      let isHere = candidates.contains { candidate in
        let needle = needles[candidate]
        return index + needle.count <= bytes.count
          && needle.indices.allSatisfy { Self.folded(bytes[index + $0]) == needle[$0] }
      }
      if isHere { return true }
    }
    return false
  }
}
