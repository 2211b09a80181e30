/// Undoes the encodings of a text in place, so that what stands around an encoded run is still judged with it: string
/// escapes, then percent and plus signs, then base64 (both alphabets, any alignment) and hex, with gzip and zlib inside;
/// nested three deep.
///
/// It keeps its buffers from call to call and so belongs to one task at a time.
final class PlainTextDecoder {
  private(set) var text = PlainText()
  private(set) var encodings: Encodings = []

  private static let maximumDepth = 3
  /// A run longer than this is looked at as far as this: enough to judge.
  private static let maximumRun = 16_384
  private static let maximumInflated = 65_536

  private let depth: Int
  private var unescaped = PlainText()
  private var unquoted = PlainText()

  init(depth: Int = 0) { self.depth = depth }

  func decode(_ bytes: UnsafeRawBufferPointer) {
    text.removeAll()
    encodings = []
    undoEscapes(bytes)
    undoPercent()
    guard depth < Self.maximumDepth else {
      swap(&text, &unquoted)
      return
    }
    undoRuns()
  }

  // MARK: String escapes

  private func undoEscapes(_ bytes: UnsafeRawBufferPointer) {
    unescaped.removeAll()
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x5C else {
        unescaped.append(bytes[index], UInt32(index), UInt32(index + 1))
        index += 1
        continue
      }
      // Escaping several times over multiplies the backslashes; a run of them is one.
      var next = index
      while next < bytes.count, bytes[next] == 0x5C { next += 1 }
      index = escape(bytes, from: index, at: next)
    }
  }

  /// Handles the escape whose letter stands at `next`; returns where reading goes on.
  private func escape(_ bytes: UnsafeRawBufferPointer, from start: Int, at next: Int) -> Int {
    guard next < bytes.count else {
      unescaped.append(0x5C, UInt32(start), UInt32(next))
      return next
    }
    switch bytes[next] {
    case 0x75:  // u
      guard var value = hexValue(bytes, at: next + 1, digits: 4) else { break }
      encodings.insert(.escapes)
      var end = next + 5
      if value & 0xFC00 == 0xD800 {
        var second = end
        while second < bytes.count, bytes[second] == 0x5C { second += 1 }
        if second > end, second < bytes.count, bytes[second] == 0x75,
          let low = hexValue(bytes, at: second + 1, digits: 4), low & 0xFC00 == 0xDC00
        {
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          end = second + 5
        }
      }
      unescaped.append(scalar: value < 32 ? 10 : value, UInt32(start), UInt32(end))
      return end
    case 0x78:  // x
      guard let value = hexValue(bytes, at: next + 1, digits: 2) else { break }
      encodings.insert(.escapes)
      unescaped.append(UInt8(value), UInt32(start), UInt32(next + 3))
      return next + 3
    case 0x6E, 0x72, 0x74:  // n, r, t
      unescaped.append(10, UInt32(start), UInt32(next + 1))
      return next + 1
    case 0x22, 0x27, 0x2F:  // quotes, slash
      unescaped.append(bytes[next], UInt32(start), UInt32(next + 1))
      return next + 1
    default: break
    }
    unescaped.append(0x5C, UInt32(start), UInt32(next))
    return next
  }

  private func hexValue(_ bytes: UnsafeRawBufferPointer, at start: Int, digits: Int) -> UInt32? {
    guard start + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<(start + digits) {
      guard let digit = Self.hexDigit(bytes[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  // MARK: Percent and plus signs

  private func undoPercent() {
    unquoted.removeAll()
    let count = unescaped.bytes.count
    var index = 0
    while index < count {
      if Self.endsToken(unescaped.bytes[index]) {
        unquoted.copy(index, of: unescaped)
        index += 1
        continue
      }
      let (end, percents, pluses, wordPluses) = token(from: index)
      var plusIsSpace = pluses >= 1 && (wordPluses * 2 >= pluses || percents >= 1)
      if (end - index) / (pluses + 1) > 14, percents == 0 { plusIsSpace = false }
      while index < end {
        let byte = unescaped.bytes[index]
        if percents > 0, byte == 0x25, let value = percent(at: index) {
          encodings.insert(.percent)
          unquoted.append(value < 32 ? 0x20 : value, unescaped.start[index], unescaped.end[index + 2])
          index += 3
        } else if plusIsSpace, byte == 0x2B {
          encodings.insert(.percent)
          unquoted.append(0x20, unescaped.start[index], unescaped.end[index])
          index += 1
        } else {
          unquoted.copy(index, of: unescaped)
          index += 1
        }
      }
    }
  }

  private static func endsToken(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x22 || byte == 0x27 || byte == 0x0A }

  /// The token that starts at `start`: its end, and how many percent triples, plus signs, and plus signs between words.
  private func token(from start: Int) -> (end: Int, percents: Int, pluses: Int, wordPluses: Int) {
    let bytes = unescaped.bytes
    var (end, percents, pluses, wordPluses) = (start, 0, 0, 0)
    while end < bytes.count, !Self.endsToken(bytes[end]) {
      if bytes[end] == 0x25, percent(at: end) != nil { percents += 1 }
      if bytes[end] == 0x2B {
        pluses += 1
        if end > start, end + 1 < bytes.count, (bytes[end - 1] | 32) &- 0x61 < 26, bytes[end + 1] &- 0x61 < 26 {
          wordPluses += 1
        }
      }
      end += 1
    }
    return (end, percents, pluses, wordPluses)
  }

  private func percent(at index: Int) -> UInt8? {
    guard index + 2 < unescaped.bytes.count, let high = Self.hexDigit(unescaped.bytes[index + 1]),
      let low = Self.hexDigit(unescaped.bytes[index + 2])
    else { return nil }
    return high << 4 | low
  }

  // MARK: Base64 and hex

  private func undoRuns() {
    var index = 0
    let count = unquoted.bytes.count
    while index < count {
      guard Self.base64Value(unquoted.bytes[index]) != nil else {
        text.copy(index, of: unquoted)
        index += 1
        continue
      }
      var end = index
      while end < count, Self.base64Value(unquoted.bytes[end]) != nil { end += 1 }
      index = run(index..<end)
    }
  }

  /// Writes what the run stands for, or the run itself; returns where reading goes on.
  private func run(_ range: Range<Int>) -> Int {
    if range.count >= 12, decodeWhole(range) { return skipPadding(range.upperBound) }
    guard range.count >= 16 else {
      for index in range { text.copy(index, of: unquoted) }
      return range.upperBound
    }
    // A path or a prefix glued to the run: try from each separator to the end, then each piece alone.
    var isDecoded = false
    var start = range.lowerBound
    while start < range.upperBound {
      if start > range.lowerBound, range.upperBound - start >= 16, decodeWhole(start..<range.upperBound) {
        isDecoded = true
        break
      }
      var end = start
      while end < range.upperBound, !Self.separates(unquoted.bytes[end]) { end += 1 }
      if end - start >= 12, decodeWhole(start..<end) {
        isDecoded = true
      } else {
        for index in start..<end { text.copy(index, of: unquoted) }
      }
      if end < range.upperBound {
        text.copy(end, of: unquoted)
        end += 1
      }
      start = end
    }
    if isDecoded { return skipPadding(range.upperBound) }
    if range.count >= 20, unquoted.bytes[range].count(where: { $0 &- 0x30 < 10 }) >= 3 { encodings.insert(.opaque) }
    return range.upperBound
  }

  private static func separates(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x2D || byte == 0x5F }

  private func skipPadding(_ index: Int) -> Int {
    var index = index
    while index < unquoted.bytes.count, unquoted.bytes[index] == 0x3D { index += 1 }
    return index
  }

  private func decodeWhole(_ range: Range<Int>) -> Bool {
    let from = unquoted.start[range.lowerBound]
    let to = unquoted.end[range.upperBound - 1]
    let range = range.prefix(Self.maximumRun)
    var (capital, small, digits, isHex) = (0, 0, 0, true)
    for byte in unquoted.bytes[range] {
      if byte &- 0x41 < 26 { capital += 1 }
      if byte &- 0x61 < 26 { small += 1 }
      if byte &- 0x30 < 10 { digits += 1 }
      if isHex, Self.hexDigit(byte) == nil { isHex = false }
    }
    if isHex {
      guard digits >= range.count / 4 else { return false }
      return (0..<2).contains { accept(hexBytes(range.dropFirst($0)), as: .hex, from, to) }
    }
    guard range.count >= 16, capital >= 2, small >= 2 else { return false }
    return (0..<4).contains { accept(base64Bytes(range.dropFirst($0)), as: .base64, from, to) }
  }

  private func hexBytes(_ range: Range<Int>) -> [UInt8] {
    stride(from: range.lowerBound, to: range.upperBound - 1, by: 2).map {
      Self.hexDigit(unquoted.bytes[$0])! << 4 | Self.hexDigit(unquoted.bytes[$0 + 1])!
    }
  }

  private func base64Bytes(_ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count * 3 / 4)
    var (bits, pending) = (UInt32(0), UInt32(0))
    for byte in unquoted.bytes[range] {
      bits = bits << 6 | UInt32(Self.base64Value(byte)!)
      pending += 6
      if pending >= 8 {
        pending -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> pending))
      }
    }
    return result
  }

  private func accept(_ raw: [UInt8], as encoding: Encodings, _ from: UInt32, _ to: UInt32) -> Bool {
    if Inflate.isGzip(raw), let inner = Inflate.decompress(raw, limit: Self.maximumInflated), inner.count > 3 {
      encodings.insert(.compressed)
      if Self.isText(inner) { insert(inner, from, to) } else { text.append(0x20, from, to) }
      return true
    }
    if Inflate.isZlib(raw), let inner = Inflate.decompress(raw, limit: Self.maximumInflated), inner.count > 3,
      Self.isText(inner)
    {
      encodings.insert(.compressed)
      insert(inner, from, to)
      return true
    }
    guard Self.isText(raw) else { return false }
    encodings.insert(encoding)
    insert(raw, from, to)
    return true
  }

  /// Decoded text stands in quotation marks, as its own field.
  private func insert(_ bytes: [UInt8], _ from: UInt32, _ to: UInt32) {
    let inner = PlainTextDecoder(depth: depth + 1)
    bytes.withUnsafeBytes { inner.decode($0) }
    encodings.formUnion(inner.encodings)
    text.append(0x22, from, to)
    for byte in inner.text.bytes { text.append(byte, from, to) }
    text.append(0x22, from, to)
  }

  /// Printable UTF-8 (its last character may be cut) of which an eighth or more are letters.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 6 else { return false }
    var (index, letters) = (0, 0)
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        if byte < 0x20 && byte != 9 && byte != 10 && byte != 13 || byte == 0x7F { return false }
        if (byte | 32) &- 0x61 < 26 { letters += 1 }
        index += 1
      } else {
        let length = bytes.withUnsafeBytes { UTF8Scan.length($0, at: index) }
        if length == 0 {
          if bytes.count - index < 4 { break }
          return false
        }
        letters += 1
        index += length
      }
    }
    return letters * 8 >= bytes.count
  }

  @inline(__always)
  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    if byte &- 0x30 < 10 { return byte &- 0x30 }
    let letter = (byte | 32) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }

  @inline(__always)
  private static func base64Value(_ byte: UInt8) -> UInt8? {
    if byte &- 0x41 < 26 { return byte &- 0x41 }
    if byte &- 0x61 < 26 { return byte &- 0x61 &+ 26 }
    if byte &- 0x30 < 10 { return byte &- 0x30 &+ 52 }
    if byte == 0x2B || byte == 0x2D { return 62 }
    return byte == 0x2F || byte == 0x5F ? 63 : nil
  }
}
