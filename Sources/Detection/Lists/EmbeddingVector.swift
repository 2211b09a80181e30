/// Lists of fractions that look like the embedding of a text: components on both sides of zero, none of them great, written
/// with many digits. Bucket bounds, latencies and shares have one sign; log-probabilities are below zero throughout;
/// coordinates and temperatures are few or great.
///
/// From an embedding most words of a short text can be told again (Morris et al., "Text Embeddings Reveal (Almost) As Much As
/// Text", 2023, arXiv:2310.06816).
struct EmbeddingVector {
  /// Bytes between the brackets of a list, and how many of them are looked at.
  static let listClass = "0-9.eE, +-"
  static let minimumLength = 160
  private static let leastCount = 24

  private var count = 0
  private var negative = 0
  /// Four digits and more behind the point, or an exponent.
  private var precise = 0
  /// From ten on.
  private var great = 0

  /// Whether the run of such bytes at `range` is a list of that kind.
  static func isEmbedding(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    var vector = EmbeddingVector()
    var index = range.lowerBound
    while index < range.upperBound {
      guard isDigit(bytes[index]) || bytes[index] == 0x2D || bytes[index] == 0x2E else {
        index += 1
        continue
      }
      let start = index
      while index < range.upperBound, bytes[index] != 0x2C, bytes[index] != 0x20 { index += 1 }
      vector.add(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
    }
    return vector.isEmbedding
  }

  private mutating func add(_ number: UnsafeRawBufferPointer) {
    count += 1
    var index = 0
    if number[0] == 0x2D {
      negative += 1
      index = 1
    }
    let whole = index
    while index < number.count, Self.isDigit(number[index]) { index += 1 }
    if index - whole > 1 { great += 1 }
    guard index < number.count, number[index] == 0x2E else { return }
    let point = index
    index += 1
    while index < number.count, Self.isDigit(number[index]) { index += 1 }
    if index - point > 4 || index < number.count { precise += 1 }
  }

  private var isEmbedding: Bool {
    count >= Self.leastCount && negative * 5 >= count && (count - negative) * 5 >= count && precise * 5 >= count * 4
      && great * 10 <= count
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
