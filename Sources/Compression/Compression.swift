/// A compressed form that is read here, told by its first bytes.
public enum Compression: String, Sendable, Hashable, CaseIterable {
  /// RFC 1952.
  case gzip
  /// RFC 1950.
  case zlib
  /// RFC 8878.
  case zstd

  /// Bytes that are needed to tell.
  public static let telling = 4

  /// What the bytes begin with; nil for anything else.
  ///
  /// Two bytes of zlib are little to go by (`78` and a check of five bits): whoever reads text that may only look like it
  /// must also look at what comes out.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.telling else { return nil }
    switch (bytes[0], bytes[1]) {
    case (0x1F, 0x8B) where bytes[2] == 8: self = .gzip
    case (0x78, let flags) where (0x7800 | Int(flags)) % 31 == 0: self = .zlib
    // A frame, or one that is to be skipped before it.
    case (0x28, 0xB5) where bytes[2] == 0x2F && bytes[3] == 0xFD: self = .zstd
    case (0x50...0x5F, 0x2A) where bytes[2] == 0x4D && bytes[3] == 0x18: self = .zstd
    default: return nil
    }
  }
}
