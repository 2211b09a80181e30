/// What a list of integers in a text looks like, by which token ids differ from bucket sizes, ports and block tables.
struct IntegerList {
  private(set) var features: [UInt32] = []

  mutating func read(_ bytes: [UInt8]) {
    features.removeAll(keepingCapacity: true)
    var (count, rising, multiples, small, large, greatest, previous) = (0, 0, 0, 0, 0, 0, -1)
    var index = 0
    while index < bytes.count {
      guard Self.isDigit(bytes[index]), index == 0 || !Self.joins(bytes[index - 1]) else {
        index += 1
        continue
      }
      var end = index
      var value = 0
      while end < bytes.count, Self.isDigit(bytes[end]), end - index < 12 {
        value = value * 10 + Int(bytes[end] &- 0x30)
        end += 1
      }
      var next = end
      while next < bytes.count, bytes[next] == 0x20 { next += 1 }
      if next < bytes.count, bytes[next] == 0x2C || bytes[next] == 0x5D {
        count += 1
        if previous >= 0, value >= previous { rising += 1 }
        if value % 8 == 0 { multiples += 1 }
        if value < 1000 { small += 1 }
        if value >= 50_000 { large += 1 }
        greatest = max(greatest, value)
        previous = value
      }
      index = end
    }
    guard count >= 4 else { return }
    let risingShare = rising * 6 / (count - 1)
    let multipleShare = multiples * 6 / count
    let values = [
      min(9, count / 4), 100 + risingShare, 200 + multipleShare, 300 + small * 6 / count, 400 + large * 6 / count,
      500 + Self.bitLength(greatest), 600 + risingShare * 8 + multipleShare,
    ]
    features.append(contentsOf: values.map(UInt32.init))
  }

  static func bitLength(_ value: Int) -> Int { Int.bitWidth - value.leadingZeroBitCount }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func joins(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 32) &- 0x61 < 26 || byte == 0x2E || byte == 0x5F
  }
}
