/// Integers written one after the other, and what tells the token ids of a text from the lists that machines print of
/// themselves: bucket bounds, capture sizes and CPU lists (sorted), shapes and image sizes (few, or multiples of eight),
/// ports and process ids (close together), block tables (spread evenly).
///
/// Ids of a tokenizer run up and down, frequent pieces have small ids, and vocabularies end near 262,144 (Gemma 3).
struct IntegerList {
  private(set) var count = 0
  /// Neighbours of which the second is at least as great.
  private(set) var rising = 0
  private(set) var repeats = 0
  private(set) var multiplesOfEight = 0
  /// Below 1,000.
  private(set) var small = 0
  /// From 50,000 on.
  private(set) var large = 0
  private(set) var greatest = 0
  private(set) var least = Int.max
  private var sum = 0
  private var previous = -1

  mutating func add(_ value: Int) {
    count += 1
    if previous >= 0, value >= previous { rising += 1 }
    if value == previous { repeats += 1 }
    if value % 8 == 0 { multiplesOfEight += 1 }
    if value < 1_000 { small += 1 }
    if value >= 50_000 { large += 1 }
    greatest = max(greatest, value)
    least = min(least, value)
    sum &+= value
    previous = value
  }

  static func bitLength(_ value: Int) -> Int { Int.bitWidth - value.leadingZeroBitCount }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}

// MARK: - One list

extension IntegerList {
  /// Bytes between the brackets of a list, and how many of them are looked at.
  static let listClass = "0-9, "
  static let minimumLength = 24
  private static let largestID = 300_000

  /// Whether the run of digits, commas and blanks at `range` is a list of token ids.
  static func isTokenIDs(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    var list = IntegerList()
    var commas = 0
    var index = range.lowerBound
    while index < range.upperBound {
      guard isDigit(bytes[index]) else {
        if bytes[index] == 0x2C { commas += 1 }
        index += 1
        continue
      }
      var value = 0
      var digits = 0
      while index < range.upperBound, isDigit(bytes[index]) {
        value = value &* 10 &+ Int(bytes[index] - 0x30)
        digits += 1
        index += 1
      }
      // A longer number is a time or a size, and the list is another one.
      guard digits <= 6, value < largestID else { return false }
      list.add(value)
    }
    guard list.count >= 4, !list.isSorted, list.multiplesOfEight * 4 <= list.count * 3 else { return false }
    switch ListName(before: range.lowerBound, in: bytes) {
    case .tokens: return true
    case .other: return false
    case .none:
      let isBracketed = range.lowerBound > 0 && bytes[range.lowerBound - 1] == 0x5B
      return (isBracketed || commas * 5 >= list.count * 4) && list.isLikeATextsIDs
    }
  }

  private var isSorted: Bool { rising == count - 1 || rising == repeats }

  /// What holds for ids of a text without a name that says so. Values that are spread evenly have a mean of half the
  /// greatest; ids, of which the frequent are small, one well below it.
  private var isLikeATextsIDs: Bool {
    let falling = count - 1 - rising
    return count >= 16 && falling * 5 >= count && (rising - repeats) * 5 >= count && repeats * 4 <= count
      && multiplesOfEight * 2 <= count && greatest >= 1_000 && least * 4 <= greatest && sum * 5 <= greatest * 2 * count
  }
}

// MARK: - All lists of a text

extension IntegerList {
  /// The integers of a text that a comma or a closing bracket follows: the view of the language model, whose figures were
  /// learned with it.
  init(listedIn bytes: UnsafeRawBufferPointer) {
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
      if next < bytes.count, bytes[next] == 0x2C || bytes[next] == 0x5D { add(value) }
      index = end
    }
  }

  /// Numbers of the model's features that the list has; none for fewer than four integers.
  var features: [UInt32] {
    guard count >= 4 else { return [] }
    let risingShare = rising * 6 / (count - 1)
    let multipleShare = multiplesOfEight * 6 / count
    return [
      min(9, count / 4), 100 + risingShare, 200 + multipleShare, 300 + small * 6 / count, 400 + large * 6 / count,
      500 + Self.bitLength(greatest), 600 + risingShare * 8 + multipleShare,
    ].map(UInt32.init)
  }

  private static func joins(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 32) &- 0x61 < 26 || byte == 0x2E || byte == 0x5F
  }
}
