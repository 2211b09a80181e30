/// DEFLATE in its gzip and zlib wrappings (RFC 1950, 1951, 1952), for text hidden in log values.
///
/// It reads what it can: a run cut off in the middle yields what came before the cut, since logs truncate. Checksums are
/// not verified for the same reason.
struct Inflate {
  /// The decompressed bytes, at most `limit`; nil where `input` has neither wrapping or nothing could be read.
  static func decompress(_ input: [UInt8], limit: Int) -> [UInt8]? {
    guard let start = bodyStart(input) else { return nil }
    var reader = Inflate(input: input, position: start, limit: limit)
    reader.run()
    return reader.output.isEmpty ? nil : reader.output
  }

  static func isGzip(_ input: [UInt8]) -> Bool { input.count >= 18 && input[0] == 0x1F && input[1] == 0x8B }

  static func isZlib(_ input: [UInt8]) -> Bool {
    input.count >= 12 && input[0] == 0x78 && (Int(input[0]) << 8 | Int(input[1])) % 31 == 0
  }

  private static func bodyStart(_ input: [UInt8]) -> Int? {
    if isZlib(input) { return 2 }
    guard isGzip(input), input[2] == 8 else { return nil }
    let flags = input[3]
    var position = 10
    if flags & 4 != 0 {
      position += 2 + Int(input[10]) + Int(input[11]) << 8
    }
    for flag in [UInt8(8), 16] where flags & flag != 0 {
      while position < input.count, input[position] != 0 { position += 1 }
      position += 1
    }
    if flags & 2 != 0 { position += 2 }
    return position < input.count ? position : nil
  }

  private let input: [UInt8]
  private var position: Int
  private let limit: Int
  private var output: [UInt8] = []
  private var bits: UInt32 = 0
  private var bitCount = 0

  private init(input: [UInt8], position: Int, limit: Int) {
    self.input = input
    self.position = position
    self.limit = limit
  }

  /// Reads blocks until the last one, the end of the input, the limit, or nonsense.
  private mutating func run() {
    while output.count < limit {
      guard let last = take(1), let kind = take(2) else { return }
      let isRead: Bool
      switch kind {
      case 0: isRead = stored()
      case 1: isRead = compressed(literals: Self.fixedLiterals, distances: Self.fixedDistances)
      case 2: isRead = dynamic()
      default: return
      }
      if !isRead || last == 1 { return }
    }
  }

  private mutating func take(_ count: Int) -> Int? {
    while bitCount < count {
      guard position < input.count else { return nil }
      bits |= UInt32(input[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func stored() -> Bool {
    bits = 0
    bitCount = 0
    guard position + 4 <= input.count else { return false }
    let length = Int(input[position]) | Int(input[position + 1]) << 8
    position += 4
    let end = min(input.count, position + length)
    output.append(contentsOf: input[position..<min(end, position + max(0, limit - output.count))])
    position = end
    return end - position == 0 && position < input.count
  }

  private mutating func dynamic() -> Bool {
    guard let literalCount = take(5), let distanceCount = take(5), let lengthCount = take(4) else { return false }
    var lengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<(lengthCount + 4) {
      guard let length = take(3) else { return false }
      lengths[Self.lengthOrder[index]] = UInt8(length)
    }
    let code = Code(lengths: lengths)
    let total = literalCount + 257 + distanceCount + 1
    var all: [UInt8] = []
    while all.count < total {
      guard let symbol = decode(code) else { return false }
      switch symbol {
      case 0...15: all.append(UInt8(symbol))
      case 16:
        guard let previous = all.last, let extra = take(2) else { return false }
        all.append(contentsOf: repeatElement(previous, count: 3 + extra))
      case 17:
        guard let extra = take(3) else { return false }
        all.append(contentsOf: repeatElement(0, count: 3 + extra))
      default:
        guard let extra = take(7) else { return false }
        all.append(contentsOf: repeatElement(0, count: 11 + extra))
      }
    }
    return compressed(
      literals: Code(lengths: Array(all[..<(literalCount + 257)])),
      distances: Code(lengths: Array(all[(literalCount + 257)..<total])))
  }

  private mutating func compressed(literals: Code, distances: Code) -> Bool {
    while output.count < limit {
      guard let symbol = decode(literals) else { return false }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return true }
      guard symbol < 286, let lengthExtra = take(Self.lengthBits[symbol - 257]), let distanceSymbol = decode(distances),
        distanceSymbol < 30, let distanceExtra = take(Self.distanceBits[distanceSymbol])
      else { return false }
      let distance = Self.distanceBase[distanceSymbol] + distanceExtra
      guard distance <= output.count else { return false }
      for _ in 0..<(Self.lengthBase[symbol - 257] + lengthExtra) { output.append(output[output.count - distance]) }
    }
    return true
  }

  /// Canonical Huffman decoding, one bit at a time (as in zlib's `puff`): small, and fast enough for short runs.
  private mutating func decode(_ code: Code) -> Int? {
    var value = 0
    var first = 0
    var index = 0
    for length in 1..<16 {
      guard let bit = take(1) else { return nil }
      value |= bit
      let count = code.counts[length]
      if value - count < first { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    return nil
  }

  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(lengths: [UInt8]) {
      for length in lengths where length > 0 { counts[Int(length)] += 1 }
      for length in 1..<16 {
        for (symbol, own) in lengths.enumerated() where Int(own) == length { symbols.append(symbol) }
      }
      // An over-subscribed code would index past the symbols; it decodes to nothing instead.
      var left = 1
      for length in 1..<16 {
        left = left << 1 - counts[length]
        if left < 0 {
          counts = [Int](repeating: 0, count: 16)
          return
        }
      }
    }
  }

  private static let fixedLiterals = Code(
    lengths: [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112) + [UInt8](repeating: 7, count: 24)
      + [UInt8](repeating: 8, count: 8))
  private static let fixedDistances = Code(lengths: [UInt8](repeating: 5, count: 30))
  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ]
}
