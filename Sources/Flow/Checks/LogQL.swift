/// As much of LogQL as tells it from PromQL.
enum LogQL {
  /// True where a bar, or a line filter, stands outside strings: PromQL has no bar there.
  static func hasPipeline(_ query: String) -> Bool {
    var quote: UInt8?
    var isEscaped = false
    for byte in query.utf8 {
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\"), open != UInt8(ascii: "`") {
          isEscaped = true
        } else if byte == open {
          quote = nil
        }
      } else if byte == UInt8(ascii: "|") {
        return true
      } else if [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")].contains(byte) {
        quote = byte
      }
    }
    return false
  }
}
