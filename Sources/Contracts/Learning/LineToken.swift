/// A piece of a line: text of a type that slots have, a word, or what stands between them.
struct LineToken {
  enum Kind: UInt8 {
    case word, number, prefixedHex, percent, duration, timestamp, time, monthDay, ip, uuid, mac, source, spaces,
      punctuation, art, known, host, declared, opaque
  }

  /// How much it takes for a word to pass for the program's own.
  enum Role: UInt8, Comparable {
    case plain
    /// Right before digits that vary, as machines are called: it must stand elsewhere by itself.
    case glued
    /// After a word that names are said after: it must stand elsewhere too.
    case cued
    /// Never.
    case foreign

    static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
  }

  enum NumberForm: UInt8 { case integer, grouped, float, floats, hex }

  var kind: Kind
  var range: Range<Int>
  /// Of punctuation its byte, of `known` the group, of `declared` the kind of name, of a number its form, of a word its role.
  var detail: UInt8 = 0

  /// What the tokens of two lines must have in common for the lines to be of one form.
  var code: UInt16 {
    switch kind {
    case .punctuation, .known, .declared: UInt16(kind.rawValue) << 8 | UInt16(detail)
    default: UInt16(kind.rawValue) << 8
    }
  }
}
