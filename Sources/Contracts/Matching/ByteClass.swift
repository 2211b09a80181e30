/// A set of ASCII characters: one bit each. Written as masks, since those are there without any work when the program runs.
struct ByteClass: Sendable {
  private let low: UInt64
  private let high: UInt64

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte & 63) & 1 == 1
  }

  /// space
  static let space = ByteClass(low: 0x0000_0001_0000_0000, high: 0x0000_0000_0000_0000)
  /// 0-9
  static let digit = ByteClass(low: 0x03ff_0000_0000_0000, high: 0x0000_0000_0000_0000)
  /// 0-9 a-f A-F
  static let hex = ByteClass(low: 0x03ff_0000_0000_0000, high: 0x0000_007e_0000_007e)
  /// A-Z
  static let upper = ByteClass(low: 0x0000_0000_0000_0000, high: 0x0000_0000_07ff_fffe)
  /// A-Z a-z _
  static let letterOrUnderscore = ByteClass(low: 0x0000_0000_0000_0000, high: 0x07ff_fffe_87ff_fffe)
  /// A-Z a-z 0-9
  static let alphanumeric = ByteClass(low: 0x03ff_0000_0000_0000, high: 0x07ff_fffe_07ff_fffe)
  /// a-z 0-9 _
  static let option = ByteClass(low: 0x03ff_0000_0000_0000, high: 0x07ff_fffe_8000_0000)
  /// A-Z a-z 0-9 _
  static let word = ByteClass(low: 0x03ff_0000_0000_0000, high: 0x07ff_fffe_87ff_fffe)
  /// A-Z a-z 0-9 _ . -
  static let identifier = ByteClass(low: 0x03ff_6000_0000_0000, high: 0x07ff_fffe_87ff_fffe)
  /// A-Z a-z 0-9 _ . : @ -
  static let deviceName = ByteClass(low: 0x07ff_6000_0000_0000, high: 0x07ff_fffe_87ff_ffff)
  /// A-Z a-z 0-9 _ . : + ~ -
  static let versionSuffix = ByteClass(low: 0x07ff_6800_0000_0000, high: 0x47ff_fffe_87ff_fffe)
}
