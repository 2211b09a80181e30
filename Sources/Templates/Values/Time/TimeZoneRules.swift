import Glibc

/// A time zone's offsets, from the system's time zone database (RFC 9636), as Go's `time.LoadLocation` finds them.
package struct TimeZoneRules: Sendable, Hashable {
  private struct Kind: Sendable {
    var offset: Int
    var isDaylight: Bool
    var name: String
  }

  private let name: String
  private var times: [Int64] = []
  /// The kind that begins at each of the times.
  private var begun: [Int] = []
  private var kinds: [Kind]
  /// What holds after the last of the times.
  private var rule: TimeZoneRule?

  package static let utc = Self(name: "UTC", kinds: [Kind(offset: 0, isDaylight: false, name: "UTC")])

  package static func == (one: Self, other: Self) -> Bool { one.name == other.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  private init(name: String, kinds: [Kind]) {
    self.name = name
    self.kinds = kinds
  }

  // MARK: Names

  private static let folder = "/usr/share/zoneinfo/"

  /// - Returns: nil for a name that the database does not have.
  /// - Throws: where there is no database.
  package static func named(_ name: String) throws(TemplateError) -> Self? {
    // Local time is taken to be UTC, as everywhere here.
    if ["", "UTC", "Local"].contains(name) { return .utc }
    guard !name.contains(".."), !name.hasPrefix("/"), !name.contains("\\"), !name.utf8.contains(0) else { return nil }
    if let bytes = file(folder + name) { return Self(name: name, file: bytes) }
    guard file(folder + "UTC") != nil else { throw .unsupported("without the system's time zones, a time zone") }
    return nil
  }

  private static func file(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return count > 0 && count < bytes.count ? Array(bytes.prefix(count)) : nil
  }

  // MARK: File

  /// Nil for what is no such file, or one of the first version, which no system has any more.
  private init?(name: String, file: [UInt8]) {
    self.init(name: name, kinds: [])
    func number(_ index: Int, _ size: Int) -> Int64 {
      let bits = file[index..<(index + size)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return size == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
    }
    func counts(_ start: Int) -> [Int]? {
      guard start + 44 <= file.count, file[start...].starts(with: "TZif".utf8), file[start + 4] >= UInt8(ascii: "2")
      else { return nil }
      let counts = (0..<6).map { Int(number(start + 20 + 4 * $0, 4)) }
      return counts.allSatisfy { (0...file.count).contains($0) } ? counts : nil
    }
    func size(_ counts: [Int], _ width: Int) -> Int {
      counts[3] * (width + 1) + counts[4] * 6 + counts[5] + counts[2] * (width + 4) + counts[1] + counts[0]
    }
    guard let old = counts(0) else { return nil }
    let second = 44 + size(old, 4)
    guard let new = counts(second), second + 44 + size(new, 8) <= file.count, new[4] > 0 else { return nil }
    var index = second + 44
    times = (0..<new[3]).map { number(index + 8 * $0, 8) }
    index += 8 * new[3]
    begun = file[index..<(index + new[3])].map(Int.init)
    index += new[3]
    let names = index + 6 * new[4]
    for place in 0..<new[4] {
      let start = names + Int(file[index + 6 * place + 5])
      guard start < names + new[5] else { return nil }
      kinds.append(
        Kind(
          offset: Int(number(index + 6 * place, 4)), isDaylight: file[index + 6 * place + 4] != 0,
          name: String(decoding: file[start..<(names + new[5])].prefix { $0 != 0 }, as: UTF8.self)))
    }
    guard begun.allSatisfy({ $0 < kinds.count }) else { return nil }
    let footer = file[(second + 44 + size(new, 8))...].split(separator: 0x0A).first ?? []
    rule = TimeZoneRule(String(decoding: footer, as: UTF8.self))
  }

  // MARK: Offsets

  /// At a moment, in seconds since 1970.
  func zone(at seconds: Int64) -> (offset: Int, name: String) {
    let count = times.partitionPoint { $0 > seconds }
    if count == times.count, let rule { return rule.zone(at: seconds) }
    let kind = count == 0 ? first : kinds[begun[count - 1]]
    return (kind.offset, kind.name)
  }

  /// What held before the first of the times (`lookupFirstZone`).
  private var first: Kind {
    if !begun.contains(0) { return kinds[0] }
    if let first = begun.first, kinds[first].isDaylight, let kind = kinds[..<first].last(where: { !$0.isDaylight }) {
      return kind
    }
    return kinds.first { !$0.isDaylight } ?? kinds[0]
  }

  /// Of the moment at which clocks there show so many seconds since the beginning of 1970 (`time.Date`).
  func offset(ofLocal seconds: Int64) -> Int {
    let offset = zone(at: seconds).offset
    let other = zone(at: seconds - Int64(offset)).offset
    return other
  }
}

extension TemplateTime {
  package func `in`(_ zone: TimeZoneRules) -> Self {
    let (offset, name) = zone.zone(at: seconds)
    var time = Self(seconds: seconds, nanoseconds: nanoseconds, offset: offset, zone: name)
    time.rules = zone
    return time
  }
}

extension Array {
  /// How many elements stand before the first for which it holds, where they are sorted by it.
  func partitionPoint(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
