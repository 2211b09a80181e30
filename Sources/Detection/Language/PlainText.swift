/// A text with its encodings undone: the bytes, and for each the range of the original it came from.
///
/// Bytes that an encoded run stood for all come from the whole run, so that a region found in them points at the run.
struct PlainText {
  var bytes: [UInt8] = []
  var start: [UInt32] = []
  var end: [UInt32] = []

  @inline(__always)
  mutating func append(_ byte: UInt8, _ from: UInt32, _ to: UInt32) {
    bytes.append(byte)
    start.append(from)
    end.append(to)
  }

  @inline(__always)
  mutating func copy(_ index: Int, of other: PlainText) {
    append(other.bytes[index], other.start[index], other.end[index])
  }

  mutating func append(scalar value: UInt32, _ from: UInt32, _ to: UInt32) {
    switch value {
    case ..<0x80: append(UInt8(value), from, to)
    case ..<0x800:
      append(UInt8(0xC0 | value >> 6), from, to)
      append(UInt8(0x80 | value & 63), from, to)
    case ..<0x10000:
      append(UInt8(0xE0 | value >> 12), from, to)
      append(UInt8(0x80 | value >> 6 & 63), from, to)
      append(UInt8(0x80 | value & 63), from, to)
    default:
      append(UInt8(0xF0 | value >> 18 & 7), from, to)
      append(UInt8(0x80 | value >> 12 & 63), from, to)
      append(UInt8(0x80 | value >> 6 & 63), from, to)
      append(UInt8(0x80 | value & 63), from, to)
    }
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    start.removeAll(keepingCapacity: true)
    end.removeAll(keepingCapacity: true)
  }
}

/// Which encodings stood in a text.
struct Encodings: OptionSet {
  let rawValue: UInt8

  static let base64 = Encodings(rawValue: 1)
  static let hex = Encodings(rawValue: 2)
  static let compressed = Encodings(rawValue: 4)
  static let percent = Encodings(rawValue: 8)
  static let escapes = Encodings(rawValue: 16)
  /// A long run that is no text in any encoding known here: a digest, a key, an identifier.
  static let opaque = Encodings(rawValue: 32)
}
