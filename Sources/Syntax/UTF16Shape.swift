/// UTF-16, told by its byte order mark or by the zeros in every other byte of text in Latin letters.
public enum UTF16Shape {
  /// The order of the bytes; nil where they are no UTF-16.
  public static func isLittleEndian(_ bytes: UnsafeRawBufferPointer) -> Bool? {
    guard bytes.count >= 2 else { return nil }
    if bytes[0] == 0xFF, bytes[1] == 0xFE { return true }
    if bytes[0] == 0xFE, bytes[1] == 0xFF { return false }
    let pairs = min(bytes.count, 4 << 10) / 2
    guard pairs >= 16 else { return nil }
    var (evenZeros, oddZeros) = (0, 0)
    var (evenText, oddText) = (0, 0)
    for index in 0..<pairs {
      let (even, odd) = (bytes[2 * index], bytes[2 * index + 1])
      if even == 0 { evenZeros += 1 }
      if odd == 0 { oddZeros += 1 }
      if odd == 0, isText(even) { evenText += 1 }
      if even == 0, isText(odd) { oddText += 1 }
    }
    // Two thirds of the characters in ASCII, and few zeros where those have their letters.
    if evenText * 3 >= pairs * 2, evenZeros * 8 <= pairs { return true }
    if oddText * 3 >= pairs * 2, oddZeros * 8 <= pairs { return false }
    return nil
  }

  private static func isText(_ byte: UInt8) -> Bool { (0x20..<0x7F).contains(byte) || (0x09...0x0D).contains(byte) }
}
