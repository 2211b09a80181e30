/// A numeric constant: like Go's, it is of every type that can hold it (`parse.NumberNode`).
public struct GoTemplateNumber: Sendable, Hashable {
  /// As a whole number, where it has such a value.
  public var int: Int64?
  public var uint: UInt64?
  /// As a floating-point number, where it is not complex.
  public var float: Double?
  /// The imaginary part of a complex constant, whose real part is `real`.
  public var imaginary: Double?
  public var real: Double = 0
  /// Written so that, where nothing else tells its type, it is a floating-point number.
  public var isFloat: Bool

  init?(_ bytes: ArraySlice<UInt8>, isCharacter: Bool) {
    isFloat = false
    if isCharacter {
      guard let value = Self.character(Array(bytes)) else { return nil }
      (int, uint, float) = (Int64(value), UInt64(value), Double(value))
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasSuffix("i") {
      guard let parts = Self.complex(Array(text.utf8.dropLast())) else { return nil }
      (real, imaginary) = parts
      if parts.imaginary == 0 { set(parts.real) }
      return
    }
    (int, uint) = (Self.int(text), Self.uint(text))
    if int == 0 { uint = 0 }
    if let int {
      float = Double(int)
    } else if let uint {
      float = Double(uint)
    } else {
      guard text.contains(where: { ".eEpP".contains($0) }), let number = Self.float(text) else { return nil }
      set(number)
    }
    let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
    let isHexadecimalInt = isHexadecimal && !text.contains { "pP".contains($0) }
    isFloat = !isHexadecimalInt && text.contains { ".eEpP".contains($0) }
  }

  private mutating func set(_ number: Double) {
    float = number
    int = Int64(exactly: number)
    uint = UInt64(exactly: number)
  }

  /// The number of the character in single quotes.
  private static func character(_ bytes: [UInt8]) -> UInt32? {
    guard let text = try? GoString.read(bytes, at: 0, as: .go), text.end == bytes.count else { return nil }
    // An escape of a byte stands for that number and not for a part of a character.
    if bytes[1] == UInt8(ascii: "\\"), text.value.count == 1 { return UInt32(text.value[0]) }
    let scalars = String(decoding: text.value, as: UTF8.self).unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return nil }
    return bytes[1] == UInt8(ascii: "\\") && "x01234567".utf8.contains(bytes[2]) ? nil : first.value
  }

  /// `2i` and `1+2i`, without the `i`.
  private static func complex(_ bytes: [UInt8]) -> (real: Double, imaginary: Double)? {
    let isExponent = { (index: Int) in "eEpP".utf8.contains(bytes[index - 1]) && !bytes.starts(with: "0x".utf8) }
    let sign = bytes.indices.dropFirst().last { "+-".utf8.contains(bytes[$0]) && !isExponent($0) }
    let text = { (part: ArraySlice<UInt8>) in String(decoding: part, as: UTF8.self) }
    guard let sign else { return float(text(bytes[...])).map { (0, $0) } }
    guard let real = float(text(bytes[..<sign])), let imaginary = float(text(bytes[sign...])) else { return nil }
    return (real, imaginary)
  }

  // MARK: strconv

  /// `ParseInt(text, 0, 64)`.
  package static func int(_ text: String) -> Int64? {
    var digits = text[...]
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits.removeFirst() }
    guard let magnitude = uint(String(digits)) else { return nil }
    return isNegative ? negated(magnitude) : Int64(exactly: magnitude)
  }

  private static func negated(_ magnitude: UInt64) -> Int64? {
    magnitude == UInt64(Int64.max) + 1 ? .min : Int64(exactly: magnitude).map { -$0 }
  }

  /// `ParseUint(text, 0, 64)`: its base by its prefix, underscores between digits.
  static func uint(_ text: String) -> UInt64? {
    var radix = 10
    var digits = text[...]
    if digits.hasPrefix("0"), digits.utf8.count > 1 {
      let prefix = digits.dropFirst().first.map { $0.lowercased() }
      radix = ["x": 16, "b": 2, "o": 8][prefix] ?? 8
      digits = digits.dropFirst(radix == 8 && prefix != "o" ? 1 : 2)
    }
    guard !digits.isEmpty, hasGoodUnderscores(text) else { return nil }
    let plain = digits.filter { $0 != "_" }
    guard let first = plain.first, first != "-", first != "+" else { return nil }
    return UInt64(plain, radix: radix)
  }

  /// `ParseFloat(text, 64)`, but for the words for infinity and no number, which no constant is; nil beyond its range.
  package static func float(_ text: String) -> Double? {
    guard hasGoodUnderscores(text) else { return nil }
    let plain = text.filter { $0 != "_" }
    var digits = plain[...]
    if digits.first == "-" || digits.first == "+" { digits.removeFirst() }
    guard let first = digits.first, first.isASCII, first.isNumber || first == "." else { return nil }
    let isHexadecimal = digits.hasPrefix("0x") || digits.hasPrefix("0X")
    if isHexadecimal, !digits.contains(where: { "pP".contains($0) }) { return nil }
    var mantissa = digits.prefix { !(isHexadecimal ? "pP" : "eE").contains($0) }
    let exponent = digits.dropFirst(mantissa.count)
    if isHexadecimal { mantissa = mantissa.dropFirst(2) }
    guard mantissa.contains(where: { $0 != "." }) else { return nil }
    // Swift reads neither `.5` nor `5.`.
    var whole = mantissa.hasPrefix(".") ? "0" + mantissa : String(mantissa)
    if whole.hasSuffix(".") { whole += "0" }
    let sign = plain.hasPrefix("-") ? "-" : ""
    guard let number = Double(sign + (isHexadecimal ? "0x" : "") + whole + exponent), number.isFinite else {
      return nil
    }
    return number
  }

  /// An underscore stands between digits, or between a prefix and a digit (`strconv.underscoreOK`).
  private static func hasGoodUnderscores(_ text: String) -> Bool {
    guard text.contains("_") else { return true }
    var last: Character = "^"
    var rest = text[...]
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    var isHexadecimal = false
    if rest.first == "0", let prefix = rest.dropFirst().first?.lowercased(), ["x", "b", "o"].contains(prefix) {
      isHexadecimal = prefix == "x"
      last = "0"
      rest = rest.dropFirst(2)
    }
    for character in rest {
      if character.isNumber && character.isASCII || isHexadecimal && character.isHexDigit {
        last = "0"
      } else if character == "_" {
        guard last == "0" else { return false }
        last = "_"
      } else {
        guard last != "_" else { return false }
        last = "!"
      }
    }
    return last != "_"
  }
}
