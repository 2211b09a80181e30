/// What the word before a list says that it is.
enum ListName {
  /// Token ids, a prompt.
  case tokens
  /// Something that machines count or address.
  case other
  case none

  /// The word before `start`, past brackets, quotes, colons and `tensor(`.
  init(before start: Int, in bytes: UnsafeRawBufferPointer) {
    var high = start
    var skipped = 0
    while high > 0, skipped < 24 {
      let step = Self.isWord(bytes[high - 1]) ? Self.wrapper(bytes, endingAt: high) : 1
      guard step > 0 else { break }
      high -= step
      skipped += step
    }
    var low = high
    while low > 0, high - low < 40, Self.isWord(bytes[low - 1]) { low -= 1 }
    self = .none
    guard low < high else { return }
    let word = UnsafeRawBufferPointer(rebasing: bytes[low..<high])
    if Self.countPrefixes.contains(where: { Self.begins(word, with: $0) })
      || Self.otherNames.contains(where: { Self.ends(word, with: $0) })
    {
      self = .other
    } else if Self.tokenNames.contains(where: { Self.ends(word, with: $0) }) {
      self = .tokens
    }
  }

  private static let tokenNames: [[UInt8]] = ["token_ids", "input_ids", "output_ids", "prompt", "tokens", "prompt_ids"]
    .map { Array($0.utf8) }
  private static let otherNames: [[UInt8]] = [
    "block_table", "block_tables", "block_ids", "blocks", "slot_mapping", "capture_sizes", "sizes", "buckets", "ports",
    "shape", "shapes", "ranks", "offsets", "bins", "counts", "lens", "indices", "cpus", "pids", "stop_token_ids",
    "resolutions", "dims", "strides", "cores", "lengths",
  ].map { Array($0.utf8) }
  /// Numbers of tokens, not tokens.
  private static let countPrefixes: [[UInt8]] = ["num_", "max_", "min_", "n_", "total_"].map { Array($0.utf8) }

  private static func isWord(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == 0x5F }

  private static func begins(_ word: UnsafeRawBufferPointer, with name: [UInt8]) -> Bool {
    word.count >= name.count && name.indices.allSatisfy { word[$0] | 0x20 == name[$0] | 0x20 }
  }

  /// The name is the word, or its last parts between underscores.
  private static func ends(_ word: UnsafeRawBufferPointer, with name: [UInt8]) -> Bool {
    guard word.count >= name.count else { return false }
    let start = word.count - name.count
    for index in name.indices where word[start + index] | 0x20 != name[index] | 0x20 { return false }
    return start == 0 || word[start - 1] == 0x5F
  }

  /// Length of a `tensor` or `array` that ends here, which stands between a name and its list; 0 without.
  private static func wrapper(_ bytes: UnsafeRawBufferPointer, endingAt end: Int) -> Int {
    for name in [("tensor" as StaticString), "array"] where end >= name.utf8CodeUnitCount {
      let length = name.utf8CodeUnitCount
      if (0..<length).allSatisfy({ bytes[end - length + $0] == name.utf8Start[$0] }) { return length }
    }
    return 0
  }
}
