/// Exact decimals, as Sprig's sums and products of fractions are made with them (`shopspring/decimal` 1.4).
struct GoDecimal {
  private var isNegative: Bool
  /// The last digit first; none of zero.
  private var digits: [UInt8]
  /// The power of ten of the last digit.
  private var exponent: Int

  private init(_ isNegative: Bool, _ digits: [UInt8], _ exponent: Int) {
    self.digits = digits
    while self.digits.last == 0 { self.digits.removeLast() }
    self.isNegative = isNegative && !self.digits.isEmpty
    self.exponent = self.digits.isEmpty ? 0 : exponent
  }

  /// The shortest decimal that tells the number apart; nil for no number and infinity.
  init?(_ number: Double) {
    guard number.isFinite else { return nil }
    let parts = "\(number.magnitude)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) - fraction.utf8.count
    self.init(number.sign == .minus, (mantissa[0] + fraction).utf8.reversed().map { $0 - UInt8(ascii: "0") }, exponent)
  }

  /// The nearest number.
  var double: Double {
    let text = String(decoding: digits.reversed().map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return Double("\(isNegative ? "-" : "")\(text.isEmpty ? "0" : text)e\(exponent)") ?? 0
  }

  var negated: Self { Self(!isNegative, digits, exponent) }

  func adding(_ other: Self) -> Self {
    let least = min(exponent, other.exponent)
    let (one, two) = (digits(from: least), other.digits(from: least))
    if isNegative == other.isNegative { return Self(isNegative, Self.sum(one, two), least) }
    return Self.isLess(one, two)
      ? Self(other.isNegative, Self.difference(two, one), least) : Self(isNegative, Self.difference(one, two), least)
  }

  func multiplied(by other: Self) -> Self {
    var product = [Int](repeating: 0, count: digits.count + other.digits.count + 1)
    for (place, digit) in digits.enumerated() {
      for (otherPlace, otherDigit) in other.digits.enumerated() {
        product[place + otherPlace] += Int(digit) * Int(otherDigit)
      }
    }
    for place in product.indices.dropLast() {
      product[place + 1] += product[place] / 10
      product[place] %= 10
    }
    return Self(isNegative != other.isNegative, product.map { UInt8($0 % 10) }, exponent + other.exponent)
  }

  /// To 16 places behind the point, halves away from zero; nil for zero as divisor.
  func divided(by other: Self) -> Self? {
    guard !other.digits.isEmpty else { return nil }
    // One place more than is kept tells which way to round.
    let shift = exponent - other.exponent + 17
    let dividend = shift >= 0 ? [UInt8](repeating: 0, count: shift) + digits : Array(digits.dropFirst(-shift))
    var quotient: [UInt8] = []
    var rest: [UInt8] = []
    for digit in dividend.reversed() {
      rest.insert(digit, at: 0)
      while rest.last == 0 { rest.removeLast() }
      var count: UInt8 = 0
      while !Self.isLess(rest, other.digits) {
        rest = Self.difference(rest, other.digits)
        while rest.last == 0 { rest.removeLast() }
        count += 1
      }
      quotient.append(count)
    }
    let isUp = (quotient.last ?? 0) >= 5
    let kept = Array(quotient.dropLast().reversed())
    return Self(isNegative != other.isNegative, isUp ? Self.sum(kept, [1]) : kept, -16)
  }

  // MARK: Digits

  private func digits(from least: Int) -> [UInt8] {
    digits.isEmpty ? [] : [UInt8](repeating: 0, count: exponent - least) + digits
  }

  private static func isLess(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count != other.count
      ? one.count < other.count : one.reversed().lexicographicallyPrecedes(other.reversed())
  }

  private static func sum(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
    var sum: [UInt8] = []
    var carry: UInt8 = 0
    for place in 0..<max(one.count, other.count) {
      let digit = (place < one.count ? one[place] : 0) + (place < other.count ? other[place] : 0) + carry
      sum.append(digit % 10)
      carry = digit / 10
    }
    return sum + [carry]
  }

  /// Of a larger and a smaller one.
  private static func difference(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
    var difference = one
    var borrow: UInt8 = 0
    for place in one.indices {
      let less = (place < other.count ? other[place] : 0) + borrow
      borrow = one[place] < less ? 1 : 0
      difference[place] = one[place] + 10 * borrow - less
    }
    return difference
  }
}
