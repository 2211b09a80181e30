/// Numbers, and what begins as one: durations, sizes and ranges.
extension LogQLLexer {
  mutating func number() throws(QueryError) -> LogQLToken.Kind {
    let start = index
    try skipNumber()
    let digits = text(from: start)
    if let duration = duration(digits) { return .duration(duration) }
    if let bytes = byteSize(digits) { return .bytes(bytes) }
    return .number(digits)
  }

  /// A duration that begins with what was read last.
  mutating func duration(_ head: String) -> Int64? {
    continued(head, by: "nuµmshdwy") { text in
      if let milliseconds = PrometheusDuration.milliseconds(Array(text.utf8)) { return milliseconds * 1_000_000 }
      return GoDuration.parse(text)
    }
  }

  private mutating func byteSize(_ head: String) -> UInt64? {
    continued(head, by: "BikKMGTP") { ByteSize.parse($0) }
  }

  /// Takes the letters and numbers that follow where with them the text is a value.
  private mutating func continued<Value>(_ head: String, by letters: String, _ value: (String) -> Value?) -> Value? {
    var end = index
    // Longer ones nobody writes, and a text of nothing else shall not be read again for each of its numbers.
    let limit = min(index + 256, scalars.count)
    while end < limit,
      scalars[end] == "." || Self.isNumber(scalars[end]) || letters.unicodeScalars.contains(scalars[end])
    {
      end += 1
    }
    guard end > index, let result = value(head + String(String.UnicodeScalarView(scalars[index..<end]))) else {
      return nil
    }
    index = end
    return result
  }

  /// Go's `unicode.IsNumber`.
  private static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: true
    default: false
    }
  }

  /// `[5m]`, whose text is taken as it stands: not even spaces are allowed.
  mutating func range() throws(QueryError) -> LogQLToken.Kind {
    let start = index
    index += 1
    let inner = index
    var holdsVariable = false
    while let scalar = peek(), scalar != "]" {
      if options.allowsVariables, skipVariable() {
        holdsVariable = true
      } else {
        index += 1
      }
    }
    guard peek() == "]" else { throw error("a range is not closed", at: start) }
    let text = text(from: inner)
    index += 1
    if holdsVariable { return .range(.variable(text)) }
    guard let milliseconds = PrometheusDuration.milliseconds(Array(text.utf8)) else {
      throw error("the range is no duration", at: start)
    }
    return .range(.nanoseconds(milliseconds * 1_000_000))
  }

  // MARK: - Literals as Go's scanner reads them

  private mutating func skipNumber() throws(QueryError) {
    let start = index
    var base = 10
    var hasPrefix = false
    var hasDigits = false
    var invalid: Int?
    var isFloat = false
    if peek() == "0" {
      index += 1
      switch peek().map(Self.lower) {
      case "x": (base, hasPrefix) = (16, true)
      case "o": (base, hasPrefix) = (8, true)
      // Loki looks at the wrong character here, so after a space `0b1` is refused.
      case "b" where !followsSpace: (base, hasPrefix) = (2, true)
      case "b": break
      default: (base, hasDigits) = (8, true)
      }
      if hasPrefix { index += 1 }
    }
    hasDigits = skipDigits(base, invalid: &invalid) || hasDigits
    if peek() == "." {
      index += 1
      isFloat = true
      guard !hasPrefix || base == 16 else { throw error("a number's digits", at: start) }
      hasDigits = skipDigits(base, invalid: &invalid) || hasDigits
    }
    guard hasDigits else { throw error("a number without digits", at: start) }
    let isHexadecimal = base == 16
    switch peek().map(Self.lower) {
    case "e" where !isHexadecimal, "p" where isHexadecimal || options.version < .loki38:
      guard hasPrefix ? isHexadecimal : Self.lower(scalars[index]) == "e" else {
        throw error("an exponent that the number may not have", at: index)
      }
      isFloat = true
      index += 1
      if peek() == "+" || peek() == "-" { index += 1 }
      var ignored: Int?
      guard skipDigits(10, invalid: &ignored) else { throw error("an exponent without digits", at: index) }
    default:
      guard !(isHexadecimal && isFloat) else { throw error("a hexadecimal number without an exponent", at: start) }
    }
    if !isFloat, let invalid { throw error("a digit that the number may not have", at: invalid) }
    guard Self.hasGoodSeparators(scalars[start..<index]) else {
      throw error("an underscore that separates no digits", at: start)
    }
  }

  /// Digits and underscores.
  private mutating func skipDigits(_ base: Int, invalid: inout Int?) -> Bool {
    var any = false
    while let scalar = peek() {
      if scalar == "_" {
        index += 1
        continue
      }
      guard base == 16 ? scalar.properties.isASCIIHexDigit : Self.isDecimal(scalar) else { break }
      if base < 10, Int(scalar.value - 0x30) >= base, invalid == nil { invalid = index }
      any = true
      index += 1
    }
    return any
  }

  /// An underscore stands between digits, or between the base and a digit.
  private static func hasGoodSeparators(_ number: ArraySlice<Unicode.Scalar>) -> Bool {
    guard number.contains("_") else { return true }
    var rest = number
    var previous: Unicode.Scalar = "."
    var isHexadecimal = false
    if rest.first == "0", let letter = rest.dropFirst().first.map(lower), "xob".unicodeScalars.contains(letter) {
      isHexadecimal = letter == "x"
      previous = "0"
      rest = rest.dropFirst(2)
    }
    for scalar in rest {
      let isDigit = isDecimal(scalar) || isHexadecimal && scalar.properties.isASCIIHexDigit
      if scalar == "_" ? previous != "0" : !isDigit && previous == "_" { return false }
      previous = scalar == "_" ? "_" : isDigit ? "0" : "."
    }
    return previous != "_"
  }

  private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 0x20)! : scalar
  }
}
