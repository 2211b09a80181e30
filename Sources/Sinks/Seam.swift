/// Where the window that follows another one on the same long text begins. What was encoded can be read from its beginning on
/// alone where it was compressed first; so a run of such letters that a window cuts is seen whole in the next one, as long as
/// it is no longer than half a window.
struct Seam {
  /// The first byte of the next window.
  let start: Int
  /// The run across the seam is longer: of compressed text in it only what the first window holds is seen.
  let cutsRun: Bool

  /// - Parameter window: the bytes of `text` that are judged; more follow.
  init(after window: Range<Int>, of text: UnsafeRawBufferPointer) {
    let usual = window.upperBound - ReadLimits.overlap
    let least = window.lowerBound + window.count / 2
    var place = window.upperBound
    while place > least, Self.isLetter(text[place - 1]) { place -= 1 }
    cutsRun = place == least
    start = cutsRun ? usual : min(place, usual)
  }

  /// Letters of base64 in both alphabets and of hex, and what escapes and percent signs write among them.
  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x5F, 0x3D, 0x25, 0x5C: true
    default: false
    }
  }
}
