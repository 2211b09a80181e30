/// What a comment says, without the marks that make it one.
struct CommentText {
  /// The text between the marks.
  let said: Range<Int>
  /// Behind a few words and a colon that announce it ("example: …"), what they announce; nil where none do.
  let announced: Range<Int>?

  /// An announcement is no longer than this.
  private static let longestLead = 24
  private static let mostLeadWords = 3

  /// - Parameter bytes: a comment of YAML, a shell, Go or a template of Go, marks and all.
  init(_ bytes: UnsafeRawBufferPointer) {
    var (start, end) = (0, bytes.count)
    func skip(_ isMark: (UInt8) -> Bool) {
      while start < end, Self.isBlank(bytes[start]) || isMark(bytes[start]) { start += 1 }
      while start < end, Self.isBlank(bytes[end - 1]) || isMark(bytes[end - 1]) { end -= 1 }
    }
    skip { _ in false }
    if bytes[start..<end].starts(with: "{{".utf8) {
      start += 2
      if bytes[start..<end].reversed().starts(with: "}}".utf8) { end -= 2 }
      skip { $0 == UInt8(ascii: "-") }
    }
    skip { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "*") }
    said = start..<end
    announced = Self.lead(of: said, in: bytes).map { $0..<end }
  }

  /// Where the text behind an announcement begins.
  private static func lead(of said: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Int? {
    var words = 1
    for index in said.prefix(longestLead) {
      switch bytes[index] {
      case UInt8(ascii: ":"):
        let next = index + 1
        guard index > said.lowerBound, next < said.upperBound, isBlank(bytes[next]) else { return nil }
        return bytes[next..<said.upperBound].firstIndex { !isBlank($0) }
      case 0x20:
        words += 1
        if words > mostLeadWords { return nil }
      case 0x41...0x5A, 0x61...0x7A, 0x80..., UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): break
      default: return nil
      }
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
