/// Long lists of integers that look like the token ids of a text, told from the lists that machines print of themselves:
/// bucket bounds and capture sizes (sorted), shapes (short), block tables and slot mappings (by name).
enum TokenIDs {
  /// Bytes between the brackets.
  static let listClass = "0-9, "
  static let minimumLength = 24

  /// What stands before a list and says what it is.
  enum Name { case tokens, other, none }

  /// Whether the run of digits, commas and spaces at `range` is such a list.
  static func isTokenList(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    var count = 0
    var descents = 0
    var largest = 0
    var repeats = 0
    var previous = -1
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] &- 0x30 < 10 else {
        index += 1
        continue
      }
      var value = 0
      var digits = 0
      while index < range.upperBound, bytes[index] &- 0x30 < 10 {
        value = value &* 10 &+ Int(bytes[index] - 0x30)
        digits += 1
        index += 1
      }
      // Vocabularies end well below a million; a longer number is a time or a size, and the list is another one.
      guard digits <= 6 else { return false }
      if value < previous { descents += 1 }
      if value == previous { repeats += 1 }
      largest = max(largest, value)
      previous = value
      count += 1
    }
    switch name(before: range.lowerBound, in: bytes) {
    case .tokens: return count >= 4
    case .other: return false
    case .none: return count >= 16 && descents * 5 >= count && repeats * 4 <= count && largest >= 1_000
    }
  }

  /// The word before the list, past brackets, quotes, colons and `tensor(`.
  private static func name(before start: Int, in bytes: UnsafeRawBufferPointer) -> Name {
    var high = start
    var skipped = 0
    while high > 0, skipped < 24, !isWord(bytes[high - 1]) || endsWithTensor(bytes, high) {
      let step = endsWithTensor(bytes, high) ? 6 : 1
      high -= step
      skipped += step
    }
    var low = high
    while low > 0, high - low < 40, isWord(bytes[low - 1]) { low -= 1 }
    guard low < high else { return .none }
    let word = UnsafeRawBufferPointer(rebasing: bytes[low..<high])
    for name in tokenNames where ends(word, with: name) { return .tokens }
    for name in otherNames where ends(word, with: name) { return .other }
    return .none
  }

  private static let tokenNames: [[UInt8]] = ["token_ids", "input_ids", "output_ids", "prompt", "tokens", "prompt_ids"]
    .map { Array($0.utf8) }
  private static let otherNames: [[UInt8]] = [
    "block_table", "block_tables", "block_ids", "blocks", "slot_mapping", "capture_sizes", "sizes", "buckets", "ports",
    "shape", "shapes", "ranks", "offsets", "bins", "counts", "lens", "indices", "cpus",
  ].map { Array($0.utf8) }

  private static func isWord(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == 0x5F }

  private static func ends(_ word: UnsafeRawBufferPointer, with name: [UInt8]) -> Bool {
    guard word.count >= name.count else { return false }
    let start = word.count - name.count
    for index in name.indices where word[start + index] | 0x20 != name[index] | 0x20 { return false }
    return start == 0 || word[start - 1] == 0x5F
  }

  private static func endsWithTensor(_ bytes: UnsafeRawBufferPointer, _ end: Int) -> Bool {
    guard end >= 6 else { return false }
    let tensor: StaticString = "tensor"
    for index in 0..<6 where bytes[end - 6 + index] != tensor.utf8Start[index] { return false }
    return true
  }
}
