/// `fmt.Sprintf`.
extension GoPrinter {
  /// Widths and precisions beyond this are refused by Go.
  private static let limit = 1_000_000

  mutating func printFormat(_ format: [UInt8], _ arguments: [TemplateValue]) throws(TemplateError) {
    var index = 0
    var next = 0
    var wasReordered = false
    while index < format.count {
      let percent = format[index...].firstIndex(of: UInt8(ascii: "%")) ?? format.count
      write(format[index..<percent])
      index = percent + 1
      guard percent < format.count else { break }
      var flags = Flags()
      while index < format.count, set(format[index], &flags) { index += 1 }
      var isGood = true
      var isReordered = argument(format, &index, &next, arguments.count, &isGood)
      if index < format.count, format[index] == UInt8(ascii: "*") {
        index += 1
        flags.width = number(arguments, &next)
        if flags.width == nil { write("%!(BADWIDTH)") }
        if let width = flags.width, width < 0 {
          flags.width = -width
          flags.minus = true
          flags.zero = false
        }
        isReordered = false
      } else {
        flags.width = Self.digits(format, &index)
        if isReordered, flags.width != nil { isGood = false }
      }
      if index < format.count, format[index] == UInt8(ascii: ".") {
        index += 1
        if isReordered { isGood = false }
        isReordered = argument(format, &index, &next, arguments.count, &isGood)
        if index < format.count, format[index] == UInt8(ascii: "*") {
          index += 1
          flags.precision = number(arguments, &next)
          if let precision = flags.precision, precision < 0 {
            flags.precision = nil
            write("%!(BADPREC)")
          } else if flags.precision == nil {
            write("%!(BADPREC)")
          }
          isReordered = false
        } else {
          flags.precision = Self.digits(format, &index) ?? 0
        }
      }
      if !isReordered { isReordered = argument(format, &index, &next, arguments.count, &isGood) }
      wasReordered = wasReordered || isReordered || !isGood
      guard (flags.width ?? 0) <= Self.limit, (flags.precision ?? 0) <= Self.limit else {
        throw TemplateError("a width or precision is too large")
      }
      guard index < format.count else {
        write("%!(NOVERB)")
        break
      }
      let (verb, size) = GoText.scalar(format, at: index)
      index += size
      let bytes = format[(index - size)..<index]
      if verb == "%" {
        write("%")
      } else if !isGood {
        write("%!")
        write(bytes)
        write("(BADINDEX)")
      } else if next >= arguments.count {
        write("%!")
        write(bytes)
        write("(MISSING)")
      } else if size > 1 {
        throw .unsupported("this verb")
      } else {
        if verb == "v", flags.plus { (flags.names, flags.plus) = (true, false) }
        try print(arguments[next], bytes.first ?? 0, flags)
        next += 1
      }
    }
    if !wasReordered, next < arguments.count {
      write("%!(EXTRA ")
      for (index, argument) in arguments[next...].enumerated() {
        if index > 0 { write(", ") }
        if case .none = argument {
          write("<nil>")
        } else {
          write(argument.typeName + "=")
          try print(argument, UInt8(ascii: "v"), Flags())
        }
      }
      write(")")
    }
  }

  private func set(_ byte: UInt8, _ flags: inout Flags) -> Bool {
    switch byte {
    case UInt8(ascii: "#"): flags.sharp = true
    case UInt8(ascii: "0"): flags.zero = true
    case UInt8(ascii: "+"): flags.plus = true
    case UInt8(ascii: "-"): flags.minus = true
    case UInt8(ascii: " "): flags.space = true
    default: return false
    }
    return true
  }

  /// `[3]`: the argument that is next.
  /// - Returns: whether one was there.
  private func argument(
    _ format: [UInt8], _ index: inout Int, _ next: inout Int, _ count: Int, _ isGood: inout Bool
  ) -> Bool {
    guard index < format.count, format[index] == UInt8(ascii: "[") else { return false }
    guard let close = format[index...].firstIndex(of: UInt8(ascii: "]")) else {
      isGood = false
      index += 1
      return false
    }
    let number = Int(String(decoding: format[(index + 1)..<close], as: UTF8.self))
    index = close + 1
    guard let number, number >= 1, number <= count else {
      isGood = false
      return true
    }
    next = number - 1
    return true
  }

  private func number(_ arguments: [TemplateValue], _ next: inout Int) -> Int? {
    guard next < arguments.count else { return nil }
    next += 1
    switch arguments[next - 1] {
    case .int(let number), .long(let number): return abs(number) <= Self.limit ? number : nil
    default: return nil
    }
  }

  private static func digits(_ format: [UInt8], _ index: inout Int) -> Int? {
    let digits = format[index...].prefix { (0x30...0x39).contains($0) }
    index = digits.endIndex
    return Int(String(decoding: digits.prefix(9), as: UTF8.self))
  }
}
